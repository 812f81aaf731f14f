using System.Globalization;
using System.Net;
using Lmtp.Tests.Integration.WildDuck.Imap;
using Lmtp.Tests.Processes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>Many deliveries into one mailbox at the same time, while an IMAP client waits for news of it.</summary>
[Collection(WildDuckGroup.Name)]
public sealed class ConcurrentDeliveryTests(WildDuckSystem system)
{
    private const int Deliveries = 50;

    [Fact]
    public async Task Waiting_client_sees_every_delivery_of_one_server()
    {
        await system.RequireAsync();
        var user = await WildDuckUser.CreateAsync(system.Served);
        await using var imap = await SelectAsync(user);
        var tag = await imap.IdleAsync();
        await DeliverAsync(user, system.Mail.Lmtp);
        while (!(await imap.ReadAsync() is { Name: "EXISTS", Number: Deliveries }))
        {
            // Announcements of fewer messages come before.
        }

        await imap.DoneAsync(tag);
        var messages = await MessagesAsync(user);
        Assert.Equal(Enumerable.Range(1, Deliveries), messages.Select(message => message["uid"].AsInt32));
        Assert.Equal(messages.Select(message => message["uid"].ToInt64()), await ViewAsync(imap));
        var journal = await JournalAsync(messages);
        Assert.Equal(messages.Select(message => message["modseq"]), journal.Select(entry => entry["modseq"]));
        Assert.Equal(messages.Select(message => message["_id"]), journal.Select(entry => entry["message"]));
    }

    [Fact]
    public async Task Two_servers_give_every_message_a_number_of_its_own()
    {
        await system.RequireAsync();
        await using var second = await system.StartMailServerAsync(settings: WildDuckSystem.PatientLease);
        var user = await WildDuckUser.CreateAsync(system.Served);
        await using var imap = await SelectAsync(user);
        var tag = await imap.IdleAsync();
        await DeliverAsync(user, system.Mail.Lmtp, second.Lmtp);
        await imap.DoneAsync(tag);

        var messages = await MessagesAsync(user);
        Assert.Equal(Enumerable.Range(1, Deliveries), messages.Select(message => message["uid"].AsInt32));
        Assert.Equal(Enumerable.Range(2, Deliveries), messages.Select(message => message["modseq"].AsInt32));
        var journal = await JournalAsync(messages);
        Assert.Equal(messages.Select(message => message["_id"]).Order(), journal.Select(entry => entry["message"]).Order());
        Assert.All(journal, entry => Assert.Equal(entry["uid"].AsInt32 + 1, entry["modseq"].AsInt32));

        // The servers take turns, so a session that waits misses nothing.
        await NewMail.DeliverAsync(second.Lmtp, user.Address, NewMail.Create("last"));
        Assert.Equal(Enumerable.Range(1, Deliveries + 1).Select(uid => (long)uid), await ViewWithAsync(imap, Deliveries + 1));
        await imap.CommandAsync("SELECT INBOX");
        Assert.Equal(Enumerable.Range(1, Deliveries + 1).Select(uid => (long)uid), await ViewAsync(imap));
    }

    private static async Task DeliverAsync(WildDuckUser user, params EndPoint[] servers) =>
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, Deliveries).Select(number =>
                NewMail.DeliverAsync(servers[number % servers.Length], user.Address, NewMail.Create($"number {number}")))),
            reply => StoredReply.MessageId(reply));

    // What the session has, in the order of its sequence numbers.
    private static async Task<List<long>> ViewAsync(ImapClient imap) =>
    [
        .. (await imap.CommandAsync("FETCH 1:* (UID)"))
            .Where(response => response.Name == "FETCH")
            .OrderBy(response => response.Number)
            .Select(response => long.Parse(response.Attributes()["UID"].ToString()!, CultureInfo.InvariantCulture)),
    ];

    private static async Task<List<long>> ViewWithAsync(ImapClient imap, long uid)
    {
        List<long> view = [];
        await Eventually.TrueAsync(
            async () =>
            {
                await imap.CommandAsync("NOOP");
                view = await ViewAsync(imap);
                return view.Contains(uid);
            },
            state: () => string.Join(' ', view));
        return view;
    }

    private async Task<ImapClient> SelectAsync(WildDuckUser user)
    {
        var imap = await ImapClient.LoginAsync(system.Served.Imap, user.Name, WildDuckApi.Password);
        await imap.CommandAsync("SELECT INBOX");
        return imap;
    }

    private Task<List<BsonDocument>> MessagesAsync(WildDuckUser user) =>
        system.Served.FindAsync("messages", new BsonDocument("user", ObjectId.Parse(user.Id)), "uid");

    // In the order in which the entries were written.
    private Task<List<BsonDocument>> JournalAsync(List<BsonDocument> messages) =>
        system.Served.Database.GetCollection<BsonDocument>("journal")
            .Find(Builders<BsonDocument>.Filter.Eq("mailbox", messages[0]["mailbox"]))
            .ToListAsync(TestContext.Current.CancellationToken);
}
