using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery;
using Lmtp.Tests.Integration.Delivery.Outgoing;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>
/// The connection to the database breaks at every write of a delivery that forwards; what is stored and what goes out stay
/// one thing.
/// </summary>
public sealed class CutForwardTests(FaultyDelivery system) : IClassFixture<FaultyDelivery>
{
    private static readonly string[] StoredAndForwarded =
    [
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

    private static readonly string[] ForwardedOnly =
    [
        "insert deliveries",
        "insert mail.chunks",
        "insert mail.files",
        "update deliveries",
        "insert zone-queue",
        "update deliveries",
    ];

    private readonly ForwardQueue _queue = new(system);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Each write of either kind of delivery.</summary>
    public static TheoryData<bool, int, string> Boundaries =>
    [
        .. StoredAndForwarded.Select((name, index) => (true, index, name)),
        .. ForwardedOnly.Select((name, index) => (false, index, name)),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Writes_of_a_delivery_that_forwards_are_the_named_ones(bool isStored)
    {
        await _queue.ClearAsync();
        var name = await AddRecipientAsync(isStored);
        system.Proxy.Arm(null);
        await DeliverAsync(name);
        Assert.Equal(isStored ? StoredAndForwarded : ForwardedOnly, system.Proxy.Writes);
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Retry_forwards_once(bool isStored, int write, string boundary)
    {
        await _queue.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (name, outcome) = await BreakAsync(isStored, fault);
            await system.ExpireLeasesAsync();
            var retry = await DeliverAsync(name);
            Assert.True(
                retry.Status == (isStored ? DeliveryStatus.Stored : DeliveryStatus.Forwarded), $"{boundary}, {fault}: {outcome}, then {retry}");
            Assert.True(outcome.MessageId is null || outcome == retry, $"{boundary}, {fault}: {outcome}, then {retry}");
            var entry = Assert.Single(await EntriesAsync(name));
            await AssertWholeAsync(entry, retry);
        }

        await system.SweepAsync();
        await _queue.AssertNothingLeftAsync();
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public async Task Sweeper_forwards_what_is_stored_and_nothing_else(bool isStored, int write, string boundary)
    {
        await _queue.ClearAsync();
        foreach (var fault in Fault.AllAt(write))
        {
            var (name, outcome) = await BreakAsync(isStored, fault);
            await system.SweepAsync();
            var entries = await EntriesAsync(name);
            var messages = await system.Host.FindAsync("messages", $"{{ subject: '{name}' }}");
            var wasDone = outcome.Status is DeliveryStatus.Stored or DeliveryStatus.Forwarded;
            Assert.True(entries.Count <= 1, $"{boundary}, {fault}: {entries.Count} entries");
            Assert.True(!isStored || messages.Count == entries.Count, $"{boundary}, {fault}: {messages.Count} messages and {entries.Count} entries");
            Assert.True(!wasDone || entries.Count == 1, $"{boundary}, {fault}: {outcome} and nothing went out");
        }

        await _queue.AssertNothingLeftAsync();
    }

    private Task<(string Name, DeliveryOutcome Outcome)> BreakAsync(bool isStored, Fault fault) =>
        system.BreakAsync(fault, () => AddRecipientAsync(isStored), DeliverAsync);

    private async Task<string> AddRecipientAsync(bool isStored)
    {
        var name = FaultyDelivery.NewName();
        if (isStored)
        {
            var user = await system.Host.AddUserAsync($"{name}@example.test");
            await ForwardingTests.SetTargetsAsync(system.Host, user, ("mail", $"{name}@y.test"));
        }
        else
        {
            await ForwardingTests.AddForwardingAsync(system.Host, $"{name}@example.test", $"{name}@y.test");
        }

        return name;
    }

    private async Task<DeliveryOutcome> DeliverAsync(string name) => Assert.Single(await system.Host.DeliverAsync(
        DeliveryHost.NewTransaction(), Encoding.ASCII.GetBytes($"Subject: {name}\r\n\r\n{name}\r\n"), $"{name}@example.test"));

    private async Task<List<BsonDocument>> EntriesAsync(string name) =>
        (await ForwardingTests.EntriesAsync(system.Host)).FindAll(entry => entry["recipient"] == $"{name}@y.test");

    private async Task AssertWholeAsync(BsonDocument entry, DeliveryOutcome outcome)
    {
        var database = system.Host.Get<MailDatabase>();
        var file = await database.QueueFiles
            .Find(Builders<BsonDocument>.Filter.Eq("filename", $"message {entry["id"]}")).SingleAsync(Token);
        Assert.Equal(outcome.MessageId, file["metadata"]["data"]["parentId"].ToString());
        var chunks = await database.QueueChunks.Find(Builders<BsonDocument>.Filter.Eq("files_id", file["_id"])).ToListAsync(Token);
        Assert.Equal(file["length"].ToInt32(), Assert.Single(chunks)["data"].AsByteArray.Length);
    }
}
