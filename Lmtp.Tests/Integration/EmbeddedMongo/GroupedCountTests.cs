using System.Globalization;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>
/// Documents are counted by the values of a field from the keys of an index, where these tell; the result is the one that
/// reading the documents gives.
/// </summary>
public sealed class GroupedCountTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const int Documents = 2_000;
    private const int Boxes = 40;

    private static readonly ObjectId[] Ids = [.. Enumerable.Range(0, Boxes).Select(_ => ObjectId.GenerateNewId())];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{ }")]
    [InlineData("{ unseen: true }")]
    [InlineData("{ unseen: { $in: [true, false] } }")]
    [InlineData("{ unseen: { $ne: true } }")]
    [InlineData("{ size: { $gt: 50 } }")]
    [InlineData("{ words: 'a' }")]
    public async Task Counts_are_those_of_the_documents(string condition)
    {
        var collection = await FillAsync();
        foreach (var boxes in new[] { Ids, Ids[..1], [.. Ids[..3], ObjectId.GenerateNewId(), Ids[0]] })
        {
            var match = BsonDocument.Parse(condition).Add("box", new BsonDocument("$in", new BsonArray(boxes)));

            var counted = await RunAsync(collection, new BsonDocument("$match", match), new BsonDocument("$group", Group));
            var read = await RunAsync(
                collection, new BsonDocument("$match", match), BsonDocument.Parse("{ $set: { other: 1 } }"), new BsonDocument("$group", Group));

            Assert.Equal(read.OrderBy(group => group["_id"]), counted.OrderBy(group => group["_id"]));
            Assert.NotEmpty(counted);
        }
    }

    [Fact]
    public async Task Stages_behind_the_group_see_its_documents()
    {
        var collection = await FillAsync();

        var largest = await collection.Aggregate()
            .Match(new BsonDocument("box", new BsonDocument("$in", new BsonArray(Ids))))
            .Group<BsonDocument>(Group)
            .Sort(new BsonDocument { { "count", -1 }, { "_id", 1 } })
            .Limit(1)
            .ToListAsync(Token);

        var all = await collection.Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(Token);
        Assert.Equal(all.GroupBy(document => document["box"]).Max(box => box.Count()), Assert.Single(largest)["count"]);
    }

    [Fact]
    public async Task Value_of_another_type_that_equals_is_counted_as_itself()
    {
        var collection = await NewAsync();
        await collection.InsertManyAsync(
            [new BsonDocument("box", 1), new BsonDocument("box", 1.0), new BsonDocument("box", BsonNull.Value), []], cancellationToken: Token);

        var counted = await collection.Aggregate()
            .Match(BsonDocument.Parse("{ box: { $in: [1, null] } }"))
            .Group<BsonDocument>(Group)
            .ToListAsync(Token);

        Assert.Equal([2, 2], counted.Select(group => group["count"].ToInt32()));
    }

    private static BsonDocument Group => BsonDocument.Parse("{ _id: '$box', count: { $sum: 1 }, twice: { $sum: 2 } }");

    private static async Task<IReadOnlyList<BsonDocument>> RunAsync(IMongoCollection<BsonDocument> collection, params BsonDocument[] stages)
    {
        var answer = await collection.Database.RunCommandAsync<BsonDocument>(
            new BsonDocument { { "aggregate", "c" }, { "pipeline", new BsonArray(stages) }, { "cursor", new BsonDocument() } },
            cancellationToken: Token);
        return [.. answer["cursor"]["firstBatch"].AsBsonArray.Cast<BsonDocument>()];
    }

    private async Task<IMongoCollection<BsonDocument>> FillAsync()
    {
        var collection = await NewAsync();
        var random = new Random(7);
        await collection.InsertManyAsync(
            Enumerable.Range(0, Documents).Select(number => new BsonDocument
            {
                { "box", Ids[random.Next(Boxes - 1)] },
                { "unseen", random.Next(3) == 0 },
                { "size", number % 100 },
                { "words", new BsonArray(Enumerable.Range(0, random.Next(3)).Select(word => ((char)('a' + word)).ToString(CultureInfo.InvariantCulture))) },
            }),
            cancellationToken: Token);
        return collection;
    }

    private async Task<IMongoCollection<BsonDocument>> NewAsync()
    {
        var collection = new MongoClient(mongo.ConnectionString).GetDatabase(EmbeddedMongoFixture.NewName("groups")).GetCollection<BsonDocument>("c");
        foreach (var keys in new[] { "{ box: 1, words: 1 }", "{ box: 1, unseen: 1 }", "{ box: 1, size: 1 }" })
        {
            await collection.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(BsonDocument.Parse(keys)), cancellationToken: Token);
        }

        return collection;
    }
}
