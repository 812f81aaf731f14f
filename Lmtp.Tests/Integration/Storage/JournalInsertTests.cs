using Lmtp.Server.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Storage;

/// <summary>Journal entries of which another server has written some.</summary>
public sealed class JournalInsertTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_after_one_that_is_there_already_are_written()
    {
        using var client = new MongoClient(mongo.ConnectionString);
        var journal = client.GetDatabase(EmbeddedMongoFixture.NewName("journal")).GetCollection<BsonDocument>("journal");
        await journal.InsertOneAsync(new BsonDocument { { "_id", 2 }, { "by", "another server" } }, cancellationToken: Token);

        await journal.InsertOnceAsync([new BsonDocument("_id", 1), new BsonDocument("_id", 2), new BsonDocument("_id", 3)]);

        var entries = await journal.Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(Token);
        Assert.Equal([1, 2, 3], entries.Select(entry => entry["_id"].AsInt32).Order());
        Assert.Equal("another server", entries.Single(entry => entry["_id"] == 2)["by"].AsString);
    }

    [Fact]
    public async Task Entry_that_cannot_be_written_for_another_reason_is_an_error()
    {
        using var client = new MongoClient(mongo.ConnectionString);
        var journal = client.GetDatabase(EmbeddedMongoFixture.NewName("journal")).GetCollection<BsonDocument>("journal");

        await Assert.ThrowsAnyAsync<MongoException>(() => journal.InsertOnceAsync([new BsonDocument("_id", new BsonArray { 1 })]));
    }
}
