using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Lmtp.Tests.Integration.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery;

/// <summary>Notes of unfinished work that nobody can read, such as another version may leave.</summary>
public sealed class UnreadableClaimTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    public static TheoryData<string, Type> Sweepers => new()
    {
        { ClaimStore.CollectionName, typeof(ClaimSweeper) },
        { ChangeStore.CollectionName, typeof(ChangeSweeper) },
    };

    [Theory]
    [MemberData(nameof(Sweepers))]
    public async Task Unreadable_note_is_logged_and_stops_nothing(string collection, Type sweeper)
    {
        var database = EmbeddedMongoFixture.NewName("unreadable");
        await new MongoClient(mongo.ConnectionString).GetDatabase($"{database}-own").GetCollection<BsonDocument>(collection).InsertOneAsync(
            BsonDocument.Parse("{ state: 'open', epoch: 0, leaseUntil: { $date: '2020-01-01T00:00:00Z' }, plan: 7, kind: 7 }"),
            cancellationToken: TestContext.Current.CancellationToken);
        using var logs = new CollectedLogs();

        await using var host = await DeliveryHost.StartAsync(mongo, database, builder => builder.Logging.AddProvider(logs));

        await Eventually.TrueAsync(() => logs.Events.Any(entry => entry.Category == sweeper.FullName));
        Assert.False(host.Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }
}
