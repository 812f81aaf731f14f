using Lmtp.Server.Storage.Changes;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The connection to the database breaks at every write of a change of several messages at once. Afterwards each of them was
/// changed once or not at all, and every change stands in the journal and in the counts.
/// </summary>
public sealed class CutBulkChangeTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>
{
    private readonly BulkChangeRuns _runs = new(system);

    public static TheoryData<string> Changes => [.. BulkChangeRuns.Writes.Keys];

    /// <summary>Each write of each change.</summary>
    public static TheoryData<string, int, string> Boundaries =>
        [.. BulkChangeRuns.Writes.SelectMany(change => change.Value.Select((write, index) => (change.Key, index, write)))];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Messages_that_are_changed_together_share_the_writes(string change)
    {
        await system.ClearAsync();
        var scene = await _runs.NewAsync();
        system.Proxy.Arm(null);

        var results = await _runs.ChangeAsync(change, scene);

        Assert.All(results, result => Assert.Equal(BulkChangeStatus.Done, result.Status));
        Assert.Equal(BulkChangeRuns.Writes[change], system.Proxy.Writes);
        Assert.Equal(BulkChangeRuns.Count, (await _runs.AssertWholeAsync(change, scene, "without a fault")).Count);
        await _runs.AssertNoProblemsAsync();
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Each_message_is_changed_once_or_not_at_all(string change, int write, string boundary)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (scene, results) = await _runs.BreakAsync(change, fault);

            await system.SweepAsync();

            var changed = await _runs.AssertWholeAsync(change, scene, $"{boundary}, {fault}");
            var done = results.Where(result => result.Status == BulkChangeStatus.Done).Select(result => result.Message);
            Assert.Empty(done.Except(changed));
            Assert.DoesNotContain(results, result => result.Status == BulkChangeStatus.NotFound);
        }

        await _runs.AssertNoProblemsAsync();
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Change_that_is_tried_again_is_made_of_all_messages(string change, int write, string boundary)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (scene, _) = await _runs.BreakAsync(change, fault);
            await system.ExpireLeasesAsync();

            var results = await _runs.ChangeAsync(change, scene);
            await system.SweepAsync();

            Assert.DoesNotContain(results, result => result.Status == BulkChangeStatus.Failed);
            var changed = await _runs.AssertWholeAsync(change, scene, $"{boundary}, {fault}");
            Assert.True(changed.Count == BulkChangeRuns.Count, $"{boundary}, {fault}: {changed.Count} messages are changed");
        }

        await _runs.AssertNoProblemsAsync();
    }
}
