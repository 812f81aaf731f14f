using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Claims;
using Lmtp.Tests.Integration.Delivery;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// A server is held up at a write of a delivery until another one has finished or undone the delivery; then the write is
/// done all the same, and the server goes on.
/// </summary>
public sealed class HeldUpServerTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>, IAsyncLifetime
{
    private DeliveryHost _other = null!;

    /// <summary>Each write of a delivery, but for those of an upload; stored as it came, and encrypted.</summary>
    public static TheoryData<int, string, bool> Boundaries =>
    [
        .. After(DeliveryBoundaries.Writes).Select(write => (write.Index, write.Name, false)),
        .. After(DeliveryBoundaries.EncryptedWrites).Select(write => (write.Index, write.Name, true)),
    ];

    public async ValueTask InitializeAsync() => _other = await system.StartOtherAsync();

    public ValueTask DisposeAsync() => _other.DisposeAsync();

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Late_write_after_the_sweeper_leaves_counts_right(int write, string boundary, bool isEncrypted)
    {
        await system.ClearAsync();
        var (user, outcome) = await HoldUpAsync(write, isEncrypted, async _ =>
        {
            await system.ExpireLeasesAsync();
            await _other.Get<ClaimSweeper>().SweepAsync(TestContext.Current.CancellationToken);
        });

        await system.SweepAsync();
        var count = await system.CountMessagesAsync(user);
        Assert.True(count <= 1 && (outcome.Status != DeliveryStatus.Stored || count == 1), $"{boundary}: {outcome}, {count} messages");
        Assert.Empty(await system.ProblemsAsync());
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Late_write_after_the_sweeper_and_a_retry_leaves_counts_right(int write, string boundary, bool isEncrypted)
    {
        await system.ClearAsync();
        DeliveryOutcome retry = default;
        var (user, outcome) = await HoldUpAsync(write, isEncrypted, async name =>
        {
            await system.ExpireLeasesAsync();
            await _other.Get<ClaimSweeper>().SweepAsync(TestContext.Current.CancellationToken);
            retry = Assert.Single(await _other.DeliverAsync(
                DeliveryHost.NewTransaction(), FaultyDelivery.NewMessage(name), $"{name}@example.test"));
        });

        await system.SweepAsync();
        Assert.Equal(DeliveryStatus.Stored, retry.Status);
        Assert.True(outcome.Status != DeliveryStatus.Stored || outcome == retry, $"{boundary}: {outcome}, then {retry}");
        Assert.Equal(1, await system.CountMessagesAsync(user));
        Assert.Empty(await system.ProblemsAsync());
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Late_write_after_a_retry_was_stored_and_settled_leaves_counts_right(int write, string boundary, bool isEncrypted)
    {
        await system.ClearAsync();
        DeliveryOutcome retry = default;
        var (user, outcome) = await HoldUpAsync(write, isEncrypted, async name =>
        {
            await system.ExpireLeasesAsync();
            retry = Assert.Single(await _other.DeliverAsync(
                DeliveryHost.NewTransaction(), FaultyDelivery.NewMessage(name), $"{name}@example.test"));
            await system.ExpireLeasesAsync();
            await _other.Get<ClaimSweeper>().SweepAsync(TestContext.Current.CancellationToken);
        });

        await system.SweepAsync();
        Assert.Equal(DeliveryStatus.Stored, retry.Status);
        Assert.True(outcome.Status != DeliveryStatus.Stored || outcome == retry, $"{boundary}: {outcome}, then {retry}");
        Assert.Equal(1, await system.CountMessagesAsync(user));
        Assert.Empty(await system.ProblemsAsync());
    }

    private static IEnumerable<(int Index, string Name)> After(IReadOnlyList<string> writes) => writes
        .Select((name, index) => (index, name))
        .Where(write => write.index > writes.ToList().IndexOf("insert deliveries"));

    private async Task<(ObjectId User, DeliveryOutcome Outcome)> HoldUpAsync(int write, bool isEncrypted, Func<string, Task> meanwhile)
    {
        var (name, user) = await system.AddUserAsync(isEncrypted);
        var outcome = await system.HoldUpAsync(write, () => system.DeliverAsync(name), () => meanwhile(name));
        return (user, outcome);
    }
}
