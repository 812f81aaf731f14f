using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Storage;
using Lmtp.Tests.Unit.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery;

public sealed class ClaimLeaseTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Delivery_that_takes_long_keeps_its_claims_until_another_server_has_them()
    {
        await using var host = await DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("lease"));
        var claims = host.Get<ClaimStore>();
        var job = new DeliveryJob(new ResolvedRecipient("a@b.test", new string('a', 24), new string('b', 24)), isFirst: true, new DeliveryTrace(TimeProvider.System))
        {
            Key = new BsonBinaryData(Guid.NewGuid().ToByteArray()),
            Plan = NewPlan(),
            Epoch = 0,
        };
        await claims.AddAsync([(job.Key!, job.Plan!)], TestContext.Current.CancellationToken);
        var time = new ManualTimeProvider();
        await using var lease = new ClaimLease(claims, [job], Lease, time, NullLogger.Instance);

        for (var round = 0; round < 6; round++)
        {
            var before = await LeaseUntilAsync(host, job);
            time.Advance(Step);
            await Eventually.TrueAsync(async () => await LeaseUntilAsync(host, job) > before);
        }

        Assert.False(lease.Lost.IsCancellationRequested);
        await Collection(host).UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", job.Key),
            Builders<BsonDocument>.Update.Set("owner", "another server"),
            cancellationToken: TestContext.Current.CancellationToken);
        for (var round = 0; round < 3; round++)
        {
            time.Advance(Step);
        }

        await Eventually.TrueAsync(() => lease.Lost.IsCancellationRequested);
    }

    private static async Task<BsonDateTime> LeaseUntilAsync(DeliveryHost host, DeliveryJob job) =>
        (await Collection(host).Find(Builders<BsonDocument>.Filter.Eq("_id", job.Key)).SingleAsync(TestContext.Current.CancellationToken))["leaseUntil"].AsBsonDateTime;

    private static IMongoCollection<BsonDocument> Collection(DeliveryHost host) =>
        host.Get<MailDatabase>().Own.GetCollection<BsonDocument>(ClaimStore.CollectionName);

    private static DeliveryPlan NewPlan() => new()
    {
        MessageId = ObjectId.GenerateNewId(),
        Received = DateTimeOffset.UtcNow,
        User = ObjectId.GenerateNewId(),
        Mailbox = ObjectId.GenerateNewId(),
        Thread = ObjectId.GenerateNewId(),
        Flags = [],
        Filters = [],
        AddedFields = [],
        Size = 1,
        Magic = 1,
        Attachments = [],
        IsFirst = true,
    };
}
