using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery;
using Lmtp.Tests.Integration.Delivery.Encrypted;
using Lmtp.Tests.Integration.Delivery.Outgoing;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The connection to the database breaks at every write of a delivery whose forward is encrypted: one forward goes out or
/// none, in the same ciphertext whoever goes on, and the seed that opens it goes when the delivery is done with.
/// </summary>
public sealed class CutEncryptedForwardTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>
{
    private static readonly string[] Writes =
    [
        "findAndModify threads",
        "insert threads",
        "insert deliveries",
        "update users",
        "insert mail.chunks",
        "insert mail.files",
        "findAndModify mailboxes",
        "insert messages",
        "insert journal",
        "insert zone-queue",
        "update deliveries",
    ];

    private readonly ForwardQueue _queue = new(system);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each write of the delivery.</summary>
    public static TheoryData<int, string> Boundaries => [.. Writes.Select((name, index) => (index, name))];

    [Fact]
    public async Task Writes_of_a_delivery_that_forwards_encrypted_are_the_named_ones()
    {
        await _queue.ClearAsync();
        var name = await AddRecipientAsync();
        system.Proxy.Arm(null);

        Assert.Equal(DeliveryStatus.Stored, (await DeliverAsync(name)).Status);

        Assert.Equal(Writes, system.Proxy.Writes);
        Assert.Single(await ForwardsAsync(name));
        Assert.Empty(await SeedsAsync());
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Retry_forwards_once_and_the_same_bytes(int write, string boundary)
    {
        await _queue.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (name, outcome) = await BreakAsync(fault);
            var before = await ForwardsAsync(name);
            await system.ExpireLeasesAsync();

            var retry = await DeliverAsync(name);

            Assert.True(retry.Status == DeliveryStatus.Stored, $"{boundary}, {fault}: {outcome}, then {retry}");
            var forward = Assert.Single(await ForwardsAsync(name));
            Assert.Contains("BEGIN PGP MESSAGE", forward, StringComparison.Ordinal);
            Assert.DoesNotContain($"only {name} reads this", forward, StringComparison.Ordinal);
            Assert.All(before, earlier => Assert.Equal(earlier, forward));
        }

        await system.SweepAsync();
        await AssertNothingLeftAsync();
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Sweeper_forwards_what_is_stored_and_nothing_else(int write, string boundary)
    {
        await _queue.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (name, outcome) = await BreakAsync(fault);

            await system.SweepAsync();

            var forwards = await ForwardsAsync(name);
            var messages = await system.Host.FindAsync("messages", $"{{ subject: '{name}' }}");
            Assert.True(
                forwards.Count <= 1 && messages.Count == forwards.Count, $"{boundary}, {fault}: {messages.Count} messages, {forwards.Count} forwards");
            Assert.True(outcome.Status != DeliveryStatus.Stored || forwards.Count == 1, $"{boundary}, {fault}: {outcome} and nothing went out");
        }

        await AssertNothingLeftAsync();
    }

    private Task<(string Name, DeliveryOutcome Outcome)> BreakAsync(Fault fault) =>
        system.BreakAsync(fault, AddRecipientAsync, DeliverAsync);

    private async Task<string> AddRecipientAsync()
    {
        var name = FaultyDelivery.NewName();
        var user = await system.Host.AddUserAsync($"{name}@example.test");
        await system.Host.SetAsync(user, new BsonDocument { { "encryptForwarded", true }, { "pubKey", ReaderKeys.OpenPgp } });
        await ForwardingTests.SetTargetsAsync(system.Host, user, ("mail", $"{name}@y.test"));
        return name;
    }

    private async Task<DeliveryOutcome> DeliverAsync(string name) => Assert.Single(await system.Host.DeliverAsync(
        DeliveryHost.NewTransaction(),
        Encoding.ASCII.GetBytes($"Subject: {name}\r\nMessage-ID: <{name}@friend.test>\r\nDate: Mon, 6 May 2024 12:34:56 +0000\r\n\r\nonly {name} reads this\r\n"),
        $"{name}@example.test"));

    /// <summary>The bodies of the messages that wait to be sent to the target of a user, released and whole.</summary>
    private async Task<List<string>> ForwardsAsync(string name)
    {
        var database = system.Host.Get<MailDatabase>();
        var bodies = new List<string>();
        foreach (var entry in (await ForwardingTests.EntriesAsync(system.Host)).FindAll(entry => entry["recipient"] == $"{name}@y.test"))
        {
            var file = await database.QueueFiles
                .Find(Builders<BsonDocument>.Filter.Eq("filename", $"message {entry["id"]}")).SingleAsync(Token);
            var chunks = await database.QueueChunks.Find(Builders<BsonDocument>.Filter.Eq("files_id", file["_id"])).ToListAsync(Token);
            bodies.Add(string.Concat(chunks.OrderBy(chunk => chunk["n"]).Select(chunk => Encoding.Latin1.GetString(chunk["data"].AsByteArray))));
        }

        return bodies;
    }

    private async Task<IEnumerable<BsonDocument>> SeedsAsync() =>
        (await system.FindClaimsAsync()).Where(claim => claim["plan"].AsBsonDocument.Contains("encryptionSeed"));

    private async Task AssertNothingLeftAsync()
    {
        await _queue.AssertNothingLeftAsync();
        Assert.Empty(await SeedsAsync());
    }
}
