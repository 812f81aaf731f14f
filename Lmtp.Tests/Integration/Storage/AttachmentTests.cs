using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery;
using Lmtp.Tests.Integration.Faults;
using Lmtp.Tests.Unit.Protocol;
using Microsoft.Extensions.DependencyInjection;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Storage;

public sealed class AttachmentTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private static readonly string Large = string.Concat(Enumerable.Repeat("some line of a large attachment\r\n", 20_000));

    // All chunks are there, and the file is not.
    private static Fault UnfinishedUpload => new(0, FaultMoment.BeforeTheWrite, FaultExtent.Outage) { Named = "insert attachments.files" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Same_attachment_from_two_servers_at_the_same_instant_is_one_file_with_the_right_count()
    {
        const int Messages = 12;
        var database = EmbeddedMongoFixture.NewName("attachments");
        await using var first = await DeliveryHost.StartAsync(mongo, database);
        await using var second = await DeliveryHost.StartAsync(mongo, database);
        var user = await first.AddUserAsync("alice@example.test");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Messages).Select(number =>
            (number % 2 == 0 ? first : second).DeliverAsync(Message($"<{number}@friend.test>", Large, "small"), "alice@example.test")));

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Stored, outcome[0].Status));
        var files = await first.FindAsync("attachments.files");
        Assert.Equal(2, files.Count);
        Assert.All(files, file => Assert.Equal(Messages, file["metadata"]["c"].ToInt32()));
        Assert.Equal(1 + (Large.Length / 261_120) + 1, (await first.FindAsync("attachments.chunks")).Count);
        await SweepAsync(first);
        Assert.Empty(await ProblemsAsync(first));
        foreach (var outcome in outcomes)
        {
            var raw = await first.Get<MessageStore>().GetRawAsync(user, ObjectId.Parse(outcome[0].MessageId), Token);
            Assert.Contains(Large, Encoding.ASCII.GetString(raw!), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Chunks_of_an_upload_that_its_process_did_not_end_go_with_its_delivery()
    {
        await using var system = new FaultyDelivery();
        await system.InitializeAsync();
        var (name, _, _) = await system.BreakAsync(UnfinishedUpload);
        Assert.NotEmpty(await ChunksOfAsync(system, name));

        await system.SweepAsync();
        Assert.Empty(await ChunksOfAsync(system, name));
        Assert.Empty(await system.ProblemsAsync());
    }

    [Fact]
    public async Task Upload_of_a_server_that_lost_its_lease_holds_nobody_up_who_brings_the_same_bytes()
    {
        await using var system = new FaultyDelivery();
        await system.InitializeAsync();
        var (name, user, _) = await system.BreakAsync(UnfinishedUpload);
        await system.ExpireLeasesAsync();
        var other = FaultyDelivery.NewName();
        await system.Host.AddUserAsync($"{other}@example.test");

        // Nobody sweeps; only who comes with the same bytes can have cleared them away.
        var outcome = Assert.Single(await system.Host.DeliverAsync(
            DeliveryHost.NewTransaction("other@friend.test"), FaultyDelivery.NewMessage(name), $"{other}@example.test"));

        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        Assert.Equal(0, await system.CountMessagesAsync(user));
        await system.SweepAsync();
        Assert.Empty(await system.ProblemsAsync());
    }

    [Fact]
    public async Task Upload_of_a_server_that_has_its_lease_is_left_alone_until_that_ends()
    {
        var time = new ManualTimeProvider();
        await using var host = await StartAsync(time);
        await host.AddUserAsync("alice@example.test");
        await host.DeliverAsync("Message-ID: <0@friend.test>\r\n\r\n", "alice@example.test");
        var claims = host.Get<MailDatabase>().Own.GetCollection<BsonDocument>(ClaimStore.CollectionName);
        var key = (await claims.Find(FilterDefinition<BsonDocument>.Empty).SingleAsync(Token))["_id"].AsBsonBinaryData;
        await HoldAsync(claims, time.GetUtcNow().UtcDateTime.AddHours(1));
        await AddChunkAsync(host, "other", time.GetUtcNow().UtcDateTime, key);

        var deferred = await AdvanceAsync(time, host.DeliverAsync(Message("<1@friend.test>", "other"), "alice@example.test"));
        Assert.Equal(DeliveryStatus.TemporaryFailure, Assert.Single(deferred).Status);
        Assert.Equal(key, Assert.Single(await host.FindAsync("attachments.chunks"))["lmtp"]["upload"]);

        await HoldAsync(claims, time.GetUtcNow().UtcDateTime.AddSeconds(-1));
        var stored = await host.DeliverAsync(Message("<1@friend.test>", "other"), "alice@example.test");
        Assert.Equal(DeliveryStatus.Stored, Assert.Single(stored).Status);
        Assert.NotEqual(key, Assert.Single(await host.FindAsync("attachments.chunks"))["lmtp"]["upload"]);
        Assert.Equal(1, Assert.Single(await host.FindAsync("attachments.files"))["metadata"]["c"].ToInt32());

        Task HoldAsync(IMongoCollection<BsonDocument> claimed, DateTime until) => claimed.UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", key),
            Builders<BsonDocument>.Update.Set("state", "open").Set("leaseUntil", until),
            cancellationToken: Token);
    }

    [Fact]
    public async Task Chunks_of_an_upload_by_someone_else_go_after_half_an_hour()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await AddChunkAsync(host, "small", DateTime.UtcNow.AddMinutes(-31));
        var outcome = Assert.Single(await host.DeliverAsync(Message("<1@friend.test>", "small"), "alice@example.test"));
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        await SweepAsync(host);
        Assert.Empty(await ProblemsAsync(host));
    }

    [Fact]
    public async Task Message_whose_last_attachment_cannot_be_stored_is_deferred_for_every_recipient_and_leaves_nothing()
    {
        var time = new ManualTimeProvider();
        await using var host = await StartAsync(time);
        await host.AddUserAsync("alice@example.test");
        await host.AddUserAsync("bob@example.test");

        // Somebody else's upload that neither ends nor is old enough to be given up.
        await AddChunkAsync(host, "other", time.GetUtcNow().UtcDateTime);
        var outcomes = await AdvanceAsync(
            time, host.DeliverAsync(Message("<1@friend.test>", "small", "other"), "alice@example.test", "bob@example.test"));

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.TemporaryFailure, outcome.Status));
        Assert.Empty(await host.FindAsync("messages"));
        Assert.All(await host.FindAsync("users"), user => Assert.Equal(0, user["storageUsed"].ToInt64()));
        var file = Assert.Single(await host.FindAsync("attachments.files"));
        Assert.Equal(0, file["metadata"]["c"].ToInt32());
        Assert.Equal(0, file["metadata"]["m"].ToInt64());
        Assert.Empty(file["lmtp"]["pending"].AsBsonArray);
        Assert.Single(await host.FindAsync("attachments.chunks", "{ lmtp: null }"));
    }

    private static string Message(string id, params string[] attachments) =>
        $"Message-ID: {id}\r\nContent-Type: multipart/mixed; boundary=BB\r\n\r\n" +
        string.Concat(attachments.Select(content => $"--BB\r\nContent-Type: application/octet-stream\r\n\r\n{content}\r\n")) +
        "--BB--\r\n";

    private static async Task<DeliveryOutcome[]> AdvanceAsync(ManualTimeProvider time, Task<DeliveryOutcome[]> delivery)
    {
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return delivery.IsCompleted;
        });
        return await delivery;
    }

    private static async Task<List<BsonDocument>> ChunksOfAsync(FaultyDelivery system, string name) =>
        (await system.Host.FindAsync("attachments.chunks"))
            .FindAll(chunk => Encoding.ASCII.GetString(chunk["data"].AsByteArray).Contains($"{name} ", StringComparison.Ordinal));

    private static Task AddChunkAsync(DeliveryHost host, string content, DateTime created, BsonBinaryData? upload = null) =>
        host.Database.GetCollection<BsonDocument>("attachments.chunks").InsertOneAsync(
            new BsonDocument
            {
                { "_id", ObjectId.GenerateNewId(created) },
                { "files_id", new BsonBinaryData(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(content))) },
                { "n", 0 },
                { "data", new BsonBinaryData(Encoding.ASCII.GetBytes(content)) },
                { "lmtp", upload is null ? BsonNull.Value : new BsonDocument("upload", upload) },
            },
            cancellationToken: Token);

    private static async Task SweepAsync(DeliveryHost host)
    {
        await host.Get<MailDatabase>().Own.GetCollection<BsonDocument>(ClaimStore.CollectionName).UpdateManyAsync(
            FilterDefinition<BsonDocument>.Empty,
            Builders<BsonDocument>.Update.Set("leaseUntil", DateTime.UtcNow.AddHours(-1)),
            cancellationToken: Token);
        await host.Get<ClaimSweeper>().SweepAsync(Token);
    }

    private static Task<IReadOnlyList<string>> ProblemsAsync(DeliveryHost host) =>
        new StorageAudit(host.Database, host.Get<MailDatabase>().Own).ProblemsAsync();

    // The clock of the database is another one: it would expire what is dated years ago.
    private async Task<DeliveryHost> StartAsync(ManualTimeProvider time)
    {
        var host = await DeliveryHost.StartAsync(
            mongo,
            EmbeddedMongoFixture.NewName("attachments"),
            builder => builder.Services.AddSingleton<TimeProvider>(time),
            ("Lmtp:Storage:CreateIndexes", "false"));
        await host.Database.GetCollection<BsonDocument>("attachments.chunks").Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(
                Builders<BsonDocument>.IndexKeys.Ascending("files_id").Ascending("n"), new CreateIndexOptions { Unique = true }),
            cancellationToken: Token);
        return host;
    }

    private Task<DeliveryHost> StartAsync() => DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("attachments"));
}
