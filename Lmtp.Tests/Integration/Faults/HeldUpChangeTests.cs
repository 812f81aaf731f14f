using Lmtp.Server.Storage.Changes;
using Lmtp.Tests.Integration.Delivery;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// A server is held up amid a change of several messages until another one has completed the change; then it goes on. No
/// message is lost, or there twice, and every one is counted once.
/// </summary>
public sealed class HeldUpChangeTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>, IAsyncLifetime
{
    private readonly BulkChangeRuns _runs = new(system);
    private DeliveryHost _other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Each write at which a server may be held up: all that come after it said what it is about to do, but for the count of
    /// used storage, whose token is forgotten by then.
    /// </summary>
    public static TheoryData<string, int, string> LateWrites =>
    [
        .. BulkChangeRuns.Writes.SelectMany(change => change.Value
            .Select((write, index) => (change.Key, index, write))
            .Where(boundary => boundary.index > 0 && boundary.index != Array.IndexOf(change.Value, "update users"))),
    ];

    /// <summary>Writes of a server that completes a change of which nothing but copies is there.</summary>
    public static TheoryData<string, int, string> Recoveries => new()
    {
        { "move", 0, "update changes" },
        { "move", 1, "delete messages" },
        { "move", 2, "findAndModify mailboxes" },
        { "deletion", 0, "update changes" },
        { "deletion", 1, "insert archived" },
        { "deletion", 2, "delete messages" },
        { "deletion", 4, "update changes" },
    };

    // Before there is anything to complete: what it does at its start is over then.
    public async ValueTask InitializeAsync() => _other = await system.StartOtherAsync();

    public ValueTask DisposeAsync() => _other.DisposeAsync();

    [Theory]
    [MemberData(nameof(LateWrites))]
    public async Task Server_that_is_held_up_until_another_one_has_completed_its_change_spoils_nothing(string change, int write, string boundary)
    {
        await system.ClearAsync();
        var scene = await _runs.NewAsync();

        var results = await system.HoldUpAsync(write, () => _runs.ChangeAsync(change, scene), CompleteElsewhereAsync);
        await system.SweepAsync();

        var changed = await _runs.AssertWholeAsync(change, scene, $"held up at {boundary}");
        var done = results.Where(result => result.Status == BulkChangeStatus.Done).Select(result => result.Message);
        Assert.Empty(done.Except(changed));
        Assert.DoesNotContain(results, result => result.Status == BulkChangeStatus.NotFound);
        await _runs.AssertNoProblemsAsync();
    }

    [Theory]
    [InlineData("move")]
    [InlineData("deletion")]
    public async Task Change_that_another_server_completed_is_neither_undone_nor_denied(string change)
    {
        await system.ClearAsync();
        var scene = await _runs.NewAsync();
        var write = Array.IndexOf(BulkChangeRuns.Writes[change], "delete messages");

        var results = await system.HoldUpAsync(write, () => _runs.ChangeAsync(change, scene), CompleteElsewhereAsync);

        Assert.Equal(BulkChangeRuns.Count, (await _runs.AssertWholeAsync(change, scene, "held up")).Count);
        Assert.Contains(results, result => result.Status == BulkChangeStatus.Failed);
        Assert.DoesNotContain(results, result => result.Status == BulkChangeStatus.NotFound);
        await _runs.AssertNoProblemsAsync();
    }

    [Theory]
    [InlineData("move")]
    [InlineData("deletion")]
    public async Task Copy_that_comes_when_its_message_was_changed_otherwise_goes_again(string otherwise)
    {
        await system.ClearAsync();
        var scene = await _runs.NewAsync();
        var write = Array.IndexOf(BulkChangeRuns.Writes["move"], "insert messages");

        await system.HoldUpAsync(write, () => _runs.ChangeAsync("move", scene), async () =>
        {
            await CompleteElsewhereAsync();
            var bulk = _other.Get<BulkChanges>();
            var results = otherwise == "move"
                ? await bulk.MoveAsync(scene.Inbox, scene.Messages, await _runs.MailboxAsync(scene.User, "Trash"), Token)
                : await bulk.RemoveAsync(scene.Inbox, scene.Messages, Token);
            Assert.All(results, result => Assert.Equal(BulkChangeStatus.Done, result.Status));
        });

        Assert.Empty(await _runs.AssertWholeAsync("move", scene, $"{otherwise} meanwhile"));
        await _runs.AssertNoProblemsAsync();
    }

    [Theory]
    [MemberData(nameof(Recoveries))]
    public async Task Server_that_is_held_up_while_it_completes_a_change_spoils_nothing(string change, int write, string boundary)
    {
        await system.ClearAsync();
        var cut = Array.IndexOf(BulkChangeRuns.Writes[change], "delete messages");
        var (scene, _) = await _runs.BreakAsync(change, new Fault(cut, FaultMoment.BeforeTheWrite, FaultExtent.Outage));
        await system.ExpireLeasesAsync();
        IReadOnlyList<string> writes = [];

        await system.HoldUpAsync(
            write,
            async () =>
            {
                await system.Host.Get<ChangeSweeper>().SweepAsync(Token);
                return true;
            },
            async () =>
            {
                writes = system.Proxy.Writes;
                await CompleteElsewhereAsync();
            });
        await system.SweepAsync();

        Assert.Equal(boundary, writes[^1]);
        Assert.Equal(BulkChangeRuns.Count, (await _runs.AssertWholeAsync(change, scene, $"held up at {boundary}")).Count);
        await _runs.AssertNoProblemsAsync();
    }

    private async Task CompleteElsewhereAsync()
    {
        await system.ExpireLeasesAsync();
        await _other.Get<ChangeSweeper>().SweepAsync(Token);
    }
}
