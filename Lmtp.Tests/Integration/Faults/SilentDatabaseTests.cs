using Lmtp.Server.Delivery;
using Lmtp.Tests.Integration.Delivery;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The database is there and does not answer a write of a delivery: the delivery ends all the same, holds up no other one
/// to the same user, and leaves nothing wrong when the write is done late.
/// </summary>
public sealed class SilentDatabaseTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>, IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);

    private DeliveryHost _impatient = null!;

    public static TheoryData<int, string> Boundaries => DeliveryBoundaries.All;

    public async ValueTask InitializeAsync() => _impatient = await system.StartImpatientAsync();

    public ValueTask DisposeAsync() => _impatient.DisposeAsync();

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Delivery_ends_where_a_write_has_no_answer(int write, string boundary)
    {
        await system.ClearAsync();
        var name = FaultyDelivery.NewName();
        var user = await system.Host.AddUserAsync($"{name}@example.test");
        await Eventually.TrueAsync(async () => (await DeliverAsync($"{name}-first", name)).Status == DeliveryStatus.Stored);
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.Proxy.Arm(DeliveryBoundaries.FaultAt(write, FaultMoment.BeforeTheWrite, () => released.Task) with { IsHeldUp = true });

        var outcome = await DeliverAsync(name, name).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(outcome.Status is DeliveryStatus.TemporaryFailure or DeliveryStatus.Stored, $"{boundary}: {outcome}");
        await Eventually.TrueAsync(async () => (await DeliverAsync($"{name}-other", name)).Status == DeliveryStatus.Stored);

        system.Proxy.Arm(null);
        released.SetResult();
        await system.SweepAsync();
        await Eventually.TrueAsync(async () => (await DeliverAsync(name, name)).Status == DeliveryStatus.Stored);
        await system.SweepAsync();
        Assert.Equal(1, await system.CountMessagesAsync(user, name));
        Assert.Empty(await system.ProblemsAsync());
    }

    // On a busy machine a second may be too short for the look at the recipient, too; then a client asks again.
    private async Task<DeliveryOutcome> DeliverAsync(string message, string user)
    {
        var transaction = DeliveryHost.NewTransaction();
        ResolvedRecipient? recipient = null;
        await Eventually.TrueAsync(async () =>
            (recipient = (await _impatient.VerifyAsync($"{user}@example.test", transaction)).Recipient) is not null);
        return Assert.Single(await _impatient.DeliverToAsync(transaction, FaultyDelivery.NewMessage(message), [recipient!]));
    }
}
