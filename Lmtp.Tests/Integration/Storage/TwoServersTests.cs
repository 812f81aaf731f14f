using System.Diagnostics;
using System.Globalization;
using System.Text;
using Lmtp.Tests.Integration.Delivery;
using Lmtp.Tests.Integration.WildDuck;
using Lmtp.Tests.Processes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Storage;

/// <summary>
/// Two server processes deliver into one mailbox, while a reader does what WildDuck's IMAP sessions do: it asks for journal
/// entries above the highest modseq that it has seen, and so never sees a lower one that is written later.
/// </summary>
public sealed class TwoServersTests(EmbeddedMongoFixture mongo, RedisFixture redis)
    : IClassFixture<EmbeddedMongoFixture>, IClassFixture<RedisFixture>
{
    private const int Senders = 8;
    private const int Messages = 25;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reader_of_the_journal_misses_nothing_and_sees_UIDs_in_order()
    {
        var seen = await DeliverAsync(lease: "00:01:00");
        Assert.Equal(Enumerable.Range(1, Senders * Messages), seen);
    }

    /// <summary>How large the race is that the lease closes: printed, because it depends on the machine.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task Reader_of_the_journal_without_leases_sees_nothing_twice()
    {
        var watch = Stopwatch.StartNew();
        var seen = await DeliverAsync(lease: "00:00:00");
        Assert.Equal(seen.Count, seen.Distinct().Count());
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Without leases {(Senders * Messages) - seen.Count} of {Senders * Messages} were missed by a reader that never pauses; {watch.Elapsed.TotalSeconds:F1} s.");
    }

    // The UIDs as the reader learns of them.
    private async Task<List<int>> DeliverAsync(string lease)
    {
        redis.Require();
        var database = EmbeddedMongoFixture.NewName("two");
        await using var setup = await DeliveryHost.StartAsync(mongo, database);
        var user = await setup.AddUserAsync("alice@example.test");
        var inbox = (await setup.FindAsync("mailboxes", $"{{ user: ObjectId('{user}'), path: 'INBOX' }}")).Single()["_id"];
        using var folder = new TemporaryDirectory();
        await using var first = await StartServerAsync(database, lease, folder.Path);
        await using var second = await StartServerAsync(database, lease, folder.Path);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var reading = ReadAsync(setup.Database.GetCollection<BsonDocument>("journal"), inbox, stop.Token);
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => SendAsync(sender % 2 == 0 ? first : second, sender)));

        // One more that comes after all of them shows that the reader is done with the rest.
        var last = await setup.FindAsync("messages", $"{{ mailbox: ObjectId('{inbox}') }}");
        Assert.Equal(Senders * Messages, last.Select(message => message["uid"].AsInt32).Distinct().Count());
        await stop.CancelAsync();
        return await reading;
    }

    private static async Task SendAsync(MailServer server, int sender)
    {
        await using var client = await LmtpClient.OpenAsync(server.Lmtp, Token);
        for (var number = 0; number < Messages; number++)
        {
            var message = Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"Message-ID: <{sender}.{number}@friend.test>\r\n\r\ntext\r\n"));
            var replies = await client.DeliverAsync("sender@friend.test", ["alice@example.test"], message, Token);
            Assert.StartsWith("250 ", Assert.Single(replies), StringComparison.Ordinal);
        }
    }

    private static async Task<List<int>> ReadAsync(
        IMongoCollection<BsonDocument> journal, BsonValue inbox, CancellationToken cancellationToken)
    {
        var seen = new List<int>();
        var highest = 0;
        while (true)
        {
            var isLast = cancellationToken.IsCancellationRequested;
            var entries = await journal
                .Find(Builders<BsonDocument>.Filter.Eq("mailbox", inbox) & Builders<BsonDocument>.Filter.Gt("modseq", highest))
                .Sort(Builders<BsonDocument>.Sort.Ascending("modseq"))
                .ToListAsync(Token);
            foreach (var entry in entries)
            {
                seen.Add(entry["uid"].AsInt32);
                highest = entry["modseq"].AsInt32;
            }

            if (isLast)
            {
                return seen;
            }
        }
    }

    private Task<MailServer> StartServerAsync(string database, string lease, string folder) => MailServer.StartAsync(
        $"{mongo.ConnectionString}/{database}",
        redis.ConnectionString,
        redisDatabase: 0,
        folder,
        new Dictionary<string, string?>
        {
            ["Lmtp__Storage__OwnDatabase"] = $"{database}-own",
            ["Lmtp__Storage__QueueDatabase"] = $"{database}-queue",
            ["Lmtp__Storage__MailboxLease"] = lease,
            ["Lmtp__Delivery__ConcurrencyPerUser"] = "100",
        });
}
