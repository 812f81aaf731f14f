using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The connection to the database breaks at every write of a move, of a deletion and of a change of flags. Afterwards the
/// message is there once, or was deleted and counted out once, and every change stands in the journal.
/// </summary>
public sealed class CutChangeTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>
{
    private static readonly Dictionary<string, string[]> Writes = new()
    {
        ["move"] =
        [
            "insert changes",
            "findAndModify mailboxes",
            "insert messages",
            "delete messages",
            "insert journal",
            "findAndModify mailboxes",
            "insert journal",
            "delete changes",
        ],
        ["flags"] =
        [
            "insert changes",
            "findAndModify mailboxes",
            "update messages",
            "insert journal",
            "delete changes",
        ],
        ["deletion"] =
        [
            "insert changes",
            "insert archived",
            "delete messages",
            "update changes",
            "update users",
            "update changes",
            "findAndModify mailboxes",
            "insert journal",
            "update users",
            "update attachments.files",
            "delete changes",
        ],
        ["deletion of a draft"] =
        [
            "insert changes",
            "delete messages",
            "update changes",
            "update users",
            "update attachments.files",
            "update attachments.files",
            "update attachments.files",
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
    public async Task Writes_of_a_change_are_the_named_ones(string change)
    {
        await system.ClearAsync();
        var (user, message) = await StoreAsync(change);
        var target = await TargetAsync(user);
        system.Proxy.Arm(null);

        Assert.True(await ChangeAsync(change, user, message, target));

        Assert.Equal(Writes[change], system.Proxy.Writes);
        await AssertWholeAsync(change, user, target, mustBeDone: true, "without a fault");
        await AssertNoProblemsAsync();
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Change_that_is_tried_again_takes_place_once(string change, int write, string boundary)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (user, message, target, _) = await BreakAsync(change, fault);
            await system.ExpireLeasesAsync();

            await ChangeAsync(change, user, message, target);

            await AssertWholeAsync(change, user, target, mustBeDone: true, $"{boundary}, {fault}");
        }

        await AssertNoProblemsAsync();
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Change_that_nobody_tries_again_is_completed_or_undone(string change, int write, string boundary)
    {
        await system.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (user, _, target, isDone) = await BreakAsync(change, fault);

            await system.SweepAsync();

            await AssertWholeAsync(change, user, target, isDone, $"{boundary}, {fault}");
        }

        await AssertNoProblemsAsync();
    }

    [Fact]
    public async Task Move_is_undone_where_the_message_was_changed_since()
    {
        await system.ClearAsync();
        var (user, message, target, _) = await BreakAsync("move", new Fault(3, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection));
        await FlagAsWildDuckDoesAsync(message);

        await system.SweepAsync();

        var kept = Assert.Single(await MessagesAsync(user));
        Assert.Equal((message, false), (kept["_id"].AsObjectId, kept["unseen"].AsBoolean));
        Assert.NotEqual(target.Id, kept["mailbox"]);
        await AssertNoProblemsAsync();
    }

    [Fact]
    public async Task Flags_whose_change_was_broken_off_are_announced_with_a_modseq_that_sessions_have_not_read_past()
    {
        await system.ClearAsync();
        var (user, message, _, _) = await BreakAsync("flags", new Fault(3, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection));
        await system.Host.Database.GetCollection<BsonDocument>("mailboxes").UpdateManyAsync(
            FilterDefinition<BsonDocument>.Empty, Builders<BsonDocument>.Update.Inc("modifyIndex", 5), cancellationToken: Token);

        await system.SweepAsync();

        var flagged = Assert.Single(await MessagesAsync(user));
        var mailbox = Assert.Single(await system.Host.FindAsync("mailboxes", $"{{ _id: ObjectId('{flagged["mailbox"]}') }}"));
        var entry = Assert.Single(await system.Host.FindAsync("journal", $"{{ message: ObjectId('{message}'), command: 'FETCH' }}"));
        Assert.Equal((mailbox["modifyIndex"], flagged["modseq"], flagged["flags"]), (entry["modseq"], entry["modseq"], entry["flags"]));
        await AssertNoProblemsAsync();
    }

    [Fact]
    public async Task Count_of_used_storage_waits_for_no_change_of_flags()
    {
        await system.ClearAsync();
        var (user, _, _, _) = await BreakAsync("flags", new Fault(3, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection));

        Assert.NotNull(await system.Host.Get<QuotaRecalculation>().RunAsync(user, Token));
        await AssertNoProblemsAsync();
    }

    [Fact]
    public async Task Message_that_somebody_else_deleted_meanwhile_is_counted_by_him()
    {
        await system.ClearAsync();
        var (user, message, _, _) = await BreakAsync("deletion", new Fault(2, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection));
        await DeleteAsWildDuckDoesAsync(user, message);

        await system.SweepAsync();

        Assert.Empty(await MessagesAsync(user));
        Assert.Single(await system.Host.FindAsync("archived"));
        await AssertNoProblemsAsync();
    }

    [Fact]
    public async Task Count_of_used_storage_waits_for_a_deletion_to_end()
    {
        await system.ClearAsync();
        var (user, _, _, _) = await BreakAsync("deletion", new Fault(3, FaultMoment.BeforeTheWrite, FaultExtent.OneConnection));

        Assert.Null(await system.Host.Get<QuotaRecalculation>().RunAsync(user, Token));

        await system.SweepAsync();
        Assert.Equal(0, await system.Host.Get<QuotaRecalculation>().RunAsync(user, Token));
        await AssertNoProblemsAsync();
    }

    private async Task<(ObjectId User, ObjectId Message, Mailbox Target, bool IsDone)> BreakAsync(string change, Fault fault)
    {
        var (scene, isDone) = await system.BreakAsync(
            fault,
            async () =>
            {
                var (user, message) = await StoreAsync(change);
                return (User: user, Message: message, Target: await TargetAsync(user));
            },
            scene => TryChangeAsync(change, scene.User, scene.Message, scene.Target));
        return (scene.User, scene.Message, scene.Target, isDone);
    }

    private async Task<(ObjectId User, ObjectId Message)> StoreAsync(string change)
    {
        var name = FaultyDelivery.NewName();
        var user = await system.Host.AddUserAsync($"{name}@example.test");
        var outcome = await system.DeliverAsync(name);
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        var message = ObjectId.Parse(outcome.MessageId);
        if (change == "deletion of a draft")
        {
            var draft = new MessageFlagChanges(null, null, true, null);
            await system.Host.Get<MessageFlagWriter>().UpdateAsync(user, message, draft, modseq: null, Token);
        }

        return (user, message);
    }

    private async Task<Mailbox> TargetAsync(ObjectId user) =>
        Mailbox.From(Assert.Single(await system.Host.FindAsync("mailboxes", $"{{ user: ObjectId('{user}'), path: 'Junk' }}")));

    private async Task<bool> TryChangeAsync(string change, ObjectId user, ObjectId message, Mailbox target)
    {
        try
        {
            return await ChangeAsync(change, user, message, target);
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            return false;
        }
    }

    private async Task<bool> ChangeAsync(string change, ObjectId user, ObjectId message, Mailbox target) => change switch
    {
        "move" => await system.Host.Get<MessageMover>().MoveAsync(user, message, target, modseq: null, Token) is not null,
        "flags" => await system.Host.Get<MessageFlagWriter>().UpdateAsync(
            user, message, new MessageFlagChanges(null, true, null, null), modseq: null, Token) is not null,
        _ => await system.Host.Get<MessageRemover>().RemoveAsync(user, message, modseq: null, Token) is not null,
    };

    private Task<List<BsonDocument>> MessagesAsync(ObjectId user) =>
        system.Host.FindAsync("messages", $"{{ user: ObjectId('{user}') }}");

    private async Task AssertWholeAsync(string change, ObjectId user, Mailbox target, bool mustBeDone, string when)
    {
        var messages = await MessagesAsync(user);
        var archived = await system.Host.FindAsync("archived", $"{{ user: ObjectId('{user}') }}");
        if (change == "move")
        {
            Assert.True(messages.Count == 1 && archived.Count == 0, $"{when}: {messages.Count} messages, {archived.Count} archived");
            Assert.True(!mustBeDone || messages[0]["mailbox"] == target.Id, $"{when}: not moved");
            return;
        }

        if (change == "flags")
        {
            Assert.True(messages.Count == 1 && archived.Count == 0, $"{when}: {messages.Count} messages, {archived.Count} archived");
            Assert.True(!mustBeDone || messages[0].IsTrue("flagged"), $"{when}: not flagged");
            return;
        }

        var expected = change == "deletion" ? 1 - messages.Count : 0;
        Assert.True(messages.Count <= 1 && archived.Count == expected, $"{when}: {messages.Count} messages, {archived.Count} archived");
        Assert.True(!mustBeDone || messages.Count == 0, $"{when}: not deleted");
    }

    private async Task AssertNoProblemsAsync()
    {
        await system.SweepAsync();
        Assert.Empty(await system.ProblemsAsync());
    }

    private async Task FlagAsWildDuckDoesAsync(ObjectId message)
    {
        var database = system.Host.Get<MailDatabase>();
        var itself = Builders<BsonDocument>.Filter.Eq("_id", message);
        var found = await database.Messages.Find(itself).FirstAsync(Token);
        var modseq = await system.Host.Get<MailboxStore>().TakeModseqAsync(found["mailbox"].AsObjectId, Token);
        await database.Messages.UpdateOneAsync(
            itself, Builders<BsonDocument>.Update.Push("flags", @"\Seen").Set("unseen", false).Max("modseq", modseq!.Value), cancellationToken: Token);
        await database.Journal.InsertOneAsync(
            new BsonDocument { { "command", "FETCH" }, { "mailbox", found["mailbox"] }, { "uid", found["uid"] }, { "message", message }, { "modseq", modseq.Value } },
            cancellationToken: Token);
    }

    private async Task DeleteAsWildDuckDoesAsync(ObjectId user, ObjectId message)
    {
        var database = system.Host.Get<MailDatabase>();
        var itself = Builders<BsonDocument>.Filter.Eq("_id", message);
        var removed = await database.Messages.FindOneAndDeleteAsync(itself, cancellationToken: Token);
        await database.Users.UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user), Builders<BsonDocument>.Update.Inc("storageUsed", -removed["size"].ToInt64()), cancellationToken: Token);
        await database.Journal.InsertOneAsync(
            new BsonDocument { { "command", "EXPUNGE" }, { "mailbox", removed["mailbox"] }, { "uid", removed["uid"] }, { "message", message } },
            cancellationToken: Token);
    }
}
