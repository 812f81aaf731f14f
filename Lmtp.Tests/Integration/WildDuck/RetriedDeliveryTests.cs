using Lmtp.Tests.Integration.Faults;
using Lmtp.Tests.Integration.WildDuck.Documents;
using Lmtp.Tests.Integration.WildDuck.Imap;
using Lmtp.Tests.Processes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>
/// A delivery whose answer was lost is tried again, after the recipient has moved or deleted the message: no second copy
/// appears.
/// </summary>
[Collection(WildDuckGroup.Name)]
public sealed class RetriedDeliveryTests(WildDuckSystem system)
{
    /// <summary>What the recipient does meanwhile, by IMAP.</summary>
    public static TheoryData<string> Changes =>
    [
        "NOOP",
        @"UID STORE 1 +FLAGS (\Seen)",
        "UID MOVE 1 Trash",
        "UID MOVE 1 Trash; SELECT Trash; UID MOVE 1 Drafts",
        @"UID COPY 1 Drafts; UID STORE 1 +FLAGS (\Deleted); EXPUNGE",
        @"UID STORE 1 +FLAGS (\Deleted); EXPUNGE",
        @"UID MOVE 1 Trash; SELECT Trash; UID STORE 1 +FLAGS (\Deleted); EXPUNGE",
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Lost_answer(string commands)
    {
        var (user, message, first) = await DeliverAsync();
        await ChangeAsync(user, commands);
        var before = await CopiesAsync(user);
        Assert.Equal(first, StoredReply.MessageId(await NewMail.DeliverAsync(system.Mail.Lmtp, user.Address, message)));
        Assert.Equal(before, await CopiesAsync(user));
        await AssertCountsAsync(user);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Server_that_died_after_storing(string commands)
    {
        var (user, message, first) = await DeliverAsync();
        await ChangeAsync(user, commands);
        var before = await CopiesAsync(user);
        await AbandonAsync(first);
        Assert.Equal(first, StoredReply.MessageId(await NewMail.DeliverAsync(system.Mail.Lmtp, user.Address, message)));
        Assert.Equal(before, await CopiesAsync(user));
        await AssertCountsAsync(user);
    }

    [Theory]
    [InlineData("NOOP")]
    [InlineData("UID MOVE 1 Trash")]
    [InlineData(@"UID STORE 1 +FLAGS (\Deleted); EXPUNGE")]
    public async Task Server_killed_between_the_insert_and_its_acknowledgement(string commands)
    {
        await system.RequireAsync();
        var database = system.Served.Database.DatabaseNamespace.DatabaseName;
        await using var proxy = MongoFaultProxy.Start(system.Mongo);
        await using var killed = await system.StartMailServerAsync($"{proxy.ConnectionString}/{database}");
        var user = await WildDuckUser.CreateAsync(system.Served);
        var message = NewMail.Create("killed");
        proxy.Arm(new Fault(default, FaultMoment.BeforeTheReply, FaultExtent.OneConnection, () => killed.Process.KillAsync(CancellationToken.None))
        {
            Named = "insert messages",
        });
        Assert.Equal("", await TryDeliverAsync(killed, user, message));
        await killed.Process.WaitForExitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var id = Assert.Single(await system.Served.FindAsync("messages", new BsonDocument("user", ObjectId.Parse(user.Id))))["_id"].ToString()!;

        await ChangeAsync(user, commands);
        var before = await CopiesAsync(user);
        await AbandonAsync(id);
        Assert.Equal(id, StoredReply.MessageId(await NewMail.DeliverAsync(system.Mail.Lmtp, user.Address, message)));
        Assert.Equal(before, await CopiesAsync(user));
        await AssertCountsAsync(user);
    }

    // The connection may end in an orderly way or not.
    private static async Task<string> TryDeliverAsync(MailServer server, WildDuckUser user, byte[] message)
    {
        try
        {
            return await NewMail.DeliverAsync(server.Lmtp, user.Address, message);
        }
        catch (IOException)
        {
            return "";
        }
    }

    // The client hangs up without another command, so that the server cannot know whether the answer arrived.
    private async Task<(WildDuckUser User, byte[] Message, string Id)> DeliverAsync()
    {
        await system.RequireAsync();
        var user = await WildDuckUser.CreateAsync(system.Served);
        var message = NewMail.Create("retried");
        return (user, message, StoredReply.MessageId(await NewMail.DeliverAsync(system.Mail.Lmtp, user.Address, message)));
    }

    private async Task ChangeAsync(WildDuckUser user, string commands)
    {
        await using var imap = await ImapClient.LoginAsync(system.Served.Imap, user.Name, WildDuckApi.Password);
        await imap.CommandAsync("SELECT INBOX");
        foreach (var command in commands.Split("; "))
        {
            await imap.CommandAsync(command);
        }
    }

    // As if the process had died between the insert and the note of it, and its lease had ended.
    private async Task AbandonAsync(string message) =>
        Assert.Equal(1, (await system.OwnDatabase.GetCollection<BsonDocument>("deliveries").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("plan.messageId", ObjectId.Parse(message)),
            Builders<BsonDocument>.Update.Set("state", "open").Set("leaseUntil", DateTime.UtcNow.AddHours(-1)),
            cancellationToken: TestContext.Current.CancellationToken)).MatchedCount);

    // Every copy wherever it is, also among what has been deleted but can be had back.
    private async Task<List<string>> CopiesAsync(WildDuckUser user)
    {
        var owned = new BsonDocument("user", ObjectId.Parse(user.Id));
        var mailboxes = (await system.Served.FindAsync("mailboxes", owned)).ToDictionary(mailbox => mailbox["_id"], mailbox => mailbox["path"].AsString);
        var messages = await system.Served.FindAsync("messages", owned);
        var archived = await system.Served.FindAsync("archived", owned);
        return
        [
            .. messages.Select(message => $"{mailboxes[message["mailbox"]]} {message["_id"]} {message["uid"]} {message["modseq"]}"),
            .. archived.Select(message => $"archived {message["_id"]}"),
        ];
    }

    private async Task AssertCountsAsync(WildDuckUser user)
    {
        var mail = await StoredMail.ReadAsync(system.Served, user.Id);
        Assert.Equal(mail.Messages.Sum(message => message["size"].ToInt64()), (await mail.UserAsync())["storageUsed"].ToInt64());
        if ((await system.Served.FindAsync("archived", new BsonDocument("user", ObjectId.Parse(user.Id)))).Count == 0)
        {
            Assert.Empty(await mail.WronglyCountedFilesAsync());
        }
    }
}
