using System.Globalization;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

/// <summary>What a list of mailboxes counts.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class MailboxListTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_of_many_mailboxes_has_its_own_counts()
    {
        const int Count = 2_100;
        var (user, other) = (await system.NewUserAsync(), await system.NewUserAsync());
        await system.DeliverAsync(other, "foreign");
        var mailboxes = Enumerable.Range(0, Count).Select(number => NewMailbox(user.Id, number)).ToList();
        await Collection("mailboxes").InsertManyAsync(mailboxes, cancellationToken: Token);
        await Collection("messages").InsertManyAsync(
            mailboxes.SelectMany((mailbox, number) => Enumerable.Range(0, Total(number)).Select(uid => NewMessage(mailbox, uid, uid < Unseen(number)))),
            cancellationToken: Token);

        var listed = await system.Api.ListMailboxesAsync(user.Id, Token);

        Assert.Equal(
            mailboxes.Select((mailbox, number) => (mailbox["_id"].ToString()!, Total(number), Unseen(number))).Order(),
            listed.Where(mailbox => mailbox.Path.StartsWith("Folder", StringComparison.Ordinal))
                .Select(mailbox => (mailbox.Id, (int)mailbox.Total, (int)mailbox.Unseen)).Order());
        Assert.All(
            listed.Where(mailbox => !mailbox.Path.StartsWith("Folder", StringComparison.Ordinal)),
            mailbox => Assert.Equal((0, 0), ((int)mailbox.Total, (int)mailbox.Unseen)));
        Assert.Equal(listed.Select(mailbox => mailbox.Path).Order(StringComparer.Ordinal), listed.Select(mailbox => mailbox.Path));
    }

    private static int Total(int number) => number % 4;

    private static int Unseen(int number) => number % 4 / 2;

    private static BsonDocument NewMailbox(string user, int number) => new()
    {
        { "_id", ObjectId.GenerateNewId() },
        { "user", ObjectId.Parse(user) },
        { "path", string.Create(CultureInfo.InvariantCulture, $"Folder {number:d5}") },
        { "uidValidity", 1 },
        { "uidNext", 10 },
        { "modifyIndex", 10 },
        { "subscribed", true },
    };

    private static BsonDocument NewMessage(BsonDocument mailbox, int uid, bool isUnseen) => new()
    {
        { "mailbox", mailbox["_id"] },
        { "user", mailbox["user"] },
        { "uid", uid + 1 },
        { "modseq", uid + 1 },
        { "unseen", isUnseen },
        { "flags", isUnseen ? [] : new BsonArray { @"\Seen" } },
    };

    private IMongoCollection<BsonDocument> Collection(string name) =>
        new MongoClient(system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>(name);
}
