using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>Changes of several messages at once, by a server that a fault befalls, and a look at what they left.</summary>
internal sealed class BulkChangeRuns(FaultyDelivery system)
{
    /// <summary>How many messages are changed at once.</summary>
    public const int Count = 3;

    /// <summary>The writes of each change, in their order.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Writes = new Dictionary<string, string[]>
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
            "update changes",
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

    /// <summary>Makes a change of a new scene while the fault strikes.</summary>
    public Task<(BulkScene Scene, IReadOnlyList<BulkChange> Results)> BreakAsync(string change, Fault fault) =>
        system.BreakAsync(fault, NewAsync, scene => TryChangeAsync(change, scene));

    /// <summary>A user with several messages, each with attachments of its own and one that all have.</summary>
    public async Task<BulkScene> NewAsync()
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

        return new BulkScene(user, await MailboxAsync(user, "INBOX"), await MailboxAsync(user, "Junk"), messages);
    }

    /// <summary>One of the user's mailboxes.</summary>
    public async Task<Mailbox> MailboxAsync(ObjectId user, string path) =>
        Mailbox.From(Assert.Single(await system.Host.FindAsync("mailboxes", $"{{ user: ObjectId('{user}'), path: '{path}' }}")));

    private async Task<IReadOnlyList<BulkChange>> TryChangeAsync(string change, BulkScene scene)
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

    /// <summary>Makes a change.</summary>
    public Task<IReadOnlyList<BulkChange>> ChangeAsync(string change, BulkScene scene)
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
    public async Task<IReadOnlyList<ObjectId>> AssertWholeAsync(string change, BulkScene scene, string when)
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

    /// <summary>Looks at everything that is stored, once all is completed.</summary>
    public async Task AssertNoProblemsAsync()
    {
        await system.SweepAsync();
        Assert.Empty(await system.ProblemsAsync());
    }
}
