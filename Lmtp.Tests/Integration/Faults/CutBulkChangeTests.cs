using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The connection to the database breaks at every write of a change of several messages at once. Afterwards each of them was
/// changed once or not at all, and every change stands in the journal and in the counts.
/// </summary>
public sealed class CutBulkChangeTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>
{
    private const int Count = 3;

    private static readonly Dictionary<string, string[]> Writes = new()
    {
        ["move"] =
        [
            "insert changes",
            "findAndModify mailboxes",
            "insert messages",
            .. Enumerable.Repeat("delete messages", Count),
            "insert journal",
            "findAndModify mailboxes",
            "insert journal",
            "delete changes",
        ],
        ["flags"] =
        [
            "insert changes",
            "findAndModify mailboxes",
            .. Enumerable.Repeat("update messages", Count),
            "insert journal",
            "delete changes",
        ],
        ["deletion"] =
        [
            "insert changes",
            "insert archived",
            .. Enumerable.Repeat("delete messages", Count),
            "update users",
            "update changes",
            "findAndModify mailboxes",
            "insert journal",
            "update users",
            "update attachments.files",
            "delete changes",
        ],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Changes => [.. Writes.Keys];

    /// <summary>Each write of each change.</summary>
    public static TheoryData<string, int, string> Boundaries =>
        [.. Writes.SelectMany(change => change.Value.Select((write, index) => (change.Key, index, write)))];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Messages_that_are_changed_together_share_the_writes(string change)
    {
        await system.ClearAsync();
        var scene = await NewSceneAsync();
        system.Proxy.Arm(null);

        var results = await ChangeAsync(change, scene);

        Assert.All(results, result => Assert.Equal(BulkChangeStatus.Done, result.Status));
        Assert.Equal(Writes[change], system.Proxy.Writes);
        Assert.Equal(Count, (await AssertWholeAsync(change, scene, "without a fault")).Count);
        await AssertNoProblemsAsync();
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Each_message_is_changed_once_or_not_at_all(string change, int write, string boundary)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (scene, results) = await BreakAsync(change, fault);

            await system.SweepAsync();

            var changed = await AssertWholeAsync(change, scene, $"{boundary}, {fault}");
            var done = results.Where(result => result.Status == BulkChangeStatus.Done).Select(result => result.Message);
            Assert.Empty(done.Except(changed));
            Assert.DoesNotContain(results, result => result.Status == BulkChangeStatus.NotFound);
        }

        await AssertNoProblemsAsync();
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Change_that_is_tried_again_is_made_of_all_messages(string change, int write, string boundary)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (scene, _) = await BreakAsync(change, fault);
            await system.ExpireLeasesAsync();

            var results = await ChangeAsync(change, scene);
            await system.SweepAsync();

            Assert.DoesNotContain(results, result => result.Status == BulkChangeStatus.Failed);
            var changed = await AssertWholeAsync(change, scene, $"{boundary}, {fault}");
            Assert.True(changed.Count == Count, $"{boundary}, {fault}: {changed.Count} messages are changed");
        }

        await AssertNoProblemsAsync();
    }

    private async Task<(Scene Scene, IReadOnlyList<BulkChange> Results)> BreakAsync(string change, Fault fault)
    {
        const int Attempts = 10;
        for (var attempt = 1; ; attempt++)
        {
            var scene = await NewSceneAsync();
            system.Proxy.Arm(fault);
            var results = await TryChangeAsync(change, scene);
            var struck = system.Proxy.Struck.IsCompleted;
            await system.RecoverAsync();
            if (struck)
            {
                return (scene, results);
            }

            Assert.True(attempt < Attempts, $"{fault} did not strike.");
        }
    }

    /// <summary>A user with several messages, each with attachments of its own and one that all have.</summary>
    private async Task<Scene> NewSceneAsync()
    {
        var name = FaultyDelivery.NewName();
        var user = await system.Host.AddUserAsync($"{name}@example.test");
        var messages = new ObjectId[Count];
        for (var number = 0; number < Count; number++)
        {
            var outcome = Assert.Single(await system.Host.DeliverAsync(
                Delivery.DeliveryHost.NewTransaction(), FaultyDelivery.NewMessage($"{name}-{number}"), $"{name}@example.test"));
            Assert.Equal(DeliveryStatus.Stored, outcome.Status);
            messages[number] = ObjectId.Parse(outcome.MessageId);
        }

        return new Scene(user, await MailboxAsync(user, "INBOX"), await MailboxAsync(user, "Junk"), messages);
    }

    private async Task<Mailbox> MailboxAsync(ObjectId user, string path) =>
        Mailbox.From(Assert.Single(await system.Host.FindAsync("mailboxes", $"{{ user: ObjectId('{user}'), path: '{path}' }}")));

    private async Task<IReadOnlyList<BulkChange>> TryChangeAsync(string change, Scene scene)
    {
        try
        {
            return await ChangeAsync(change, scene);
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            return [];
        }
    }

    private Task<IReadOnlyList<BulkChange>> ChangeAsync(string change, Scene scene)
    {
        var bulk = system.Host.Get<BulkChanges>();
        return change switch
        {
            "move" => bulk.MoveAsync(scene.Inbox, scene.Messages, scene.Target, Token),
            "flags" => bulk.UpdateAsync(scene.Inbox, scene.Messages, new MessageFlagChanges(null, true, null, null), Token),
            _ => bulk.RemoveAsync(scene.Inbox, scene.Messages, Token),
        };
    }

    /// <summary>The messages that are changed, after a look at all of them.</summary>
    private async Task<IReadOnlyList<ObjectId>> AssertWholeAsync(string change, Scene scene, string when)
    {
        var messages = await system.Host.FindAsync("messages", $"{{ user: ObjectId('{scene.User}') }}");
        var archived = await system.Host.FindAsync("archived", $"{{ user: ObjectId('{scene.User}') }}");
        var all = messages.Concat(archived).Select(message => message["root"].AsObjectId).Order().ToList();
        Assert.True(scene.Messages.Order().SequenceEqual(all), $"{when}: {messages.Count} messages, {archived.Count} archived");
        var changed = change switch
        {
            "move" => messages.Where(message => message["mailbox"] == scene.Target.Id),
            "flags" => messages.Where(message => message.IsTrue("flagged")),
            _ => archived,
        };
        return [.. changed.Select(message => message["root"].AsObjectId)];
    }

    private async Task AssertNoProblemsAsync()
    {
        await system.SweepAsync();
        Assert.Empty(await system.ProblemsAsync());
    }

    private sealed record Scene(ObjectId User, Mailbox Inbox, Mailbox Target, IReadOnlyList<ObjectId> Messages);
}
