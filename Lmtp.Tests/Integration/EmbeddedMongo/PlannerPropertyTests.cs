using Lmtp.Tests.Unit.EmbeddedMongo.Query;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

public sealed class PlannerPropertyTests
{
    private const int Documents = 300;
    private const int Queries = 600;

    [Fact]
    public async Task Query_finds_the_same_by_indexes_as_by_a_collection_scan()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        var seed = Random.Shared.Next();
        var random = new RandomQueries(seed);
        var documents = Enumerable.Range(0, Documents).Select(id => new BsonDocument("_id", id).Merge(random.Document())).ToList();
        var plain = database.GetCollection<BsonDocument>("plain");
        var indexed = database.GetCollection<BsonDocument>("indexed");
        await database.RunCommandAsync<BsonDocument>(
            BsonDocument.Parse("""
                {createIndexes: 'indexed', indexes: [
                    {key: {a: 1}, name: 'single'},
                    {key: {b: -1, c: 1, _id: 1}, name: 'compound'},
                    {key: {'a.b': 1, 'a.c': -1}, name: 'nested'},
                    {key: {c: 1}, name: 'sparse', sparse: true},
                    {key: {'b.a': 1}, name: 'partial', partialFilterExpression: {c: {$gte: 1}}}]}
                """),
            cancellationToken: cancellation);
        try
        {
            await indexed.InsertManyAsync(documents, new InsertManyOptions { IsOrdered = false }, cancellation);
        }
        catch (MongoBulkWriteException)
        {
            // Two arrays in one document cannot stand in one compound index; such documents are left out.
        }

        await plain.InsertManyAsync(await indexed.Find(new BsonDocument()).ToListAsync(cancellation), cancellationToken: cancellation);
        Assert.InRange(await plain.CountDocumentsAsync(new BsonDocument(), cancellationToken: cancellation), Documents / 2, Documents);

        var used = new HashSet<string>();
        for (var i = 0; i < Queries; i++)
        {
            var filter = random.Filter();
            var sort = random.Sort();
            var expected = await IdsAsync(plain, filter, sort, cancellation);
            var actual = await IdsAsync(indexed, filter, sort, cancellation);
            Assert.True(
                expected.SequenceEqual(actual),
                $"seed {seed}: {filter.ToJson()} sorted by {sort.ToJson()}: {string.Join(',', expected)} without, {string.Join(',', actual)} with indexes");
            var counted = await indexed.CountDocumentsAsync(filter, cancellationToken: cancellation);
            Assert.True(expected.Count == counted, $"seed {seed}: {filter.ToJson()}: {expected.Count} documents, counted {counted}");
            var explained = await database.RunCommandAsync<BsonDocument>(
                new BsonDocument { { "explain", new BsonDocument { { "find", "indexed" }, { "filter", filter }, { "sort", sort } } }, { "verbosity", "queryPlanner" } },
                cancellationToken: cancellation);
            used.UnionWith(IndexNames(explained["queryPlanner"]["winningPlan"].AsBsonDocument));
        }

        Assert.Superset(new HashSet<string> { "single", "compound", "nested", "sparse" }, used);
    }

    private static async Task<List<int>> IdsAsync(
        IMongoCollection<BsonDocument> collection, BsonDocument filter, BsonDocument sort, CancellationToken cancellationToken) =>
        [.. (await collection.Find(filter).Sort(sort).ToListAsync(cancellationToken)).Select(document => document["_id"].AsInt32)];

    private static IEnumerable<string> IndexNames(BsonDocument stage)
    {
        if (stage.TryGetValue("indexName", out var name))
        {
            yield return name.AsString;
        }

        var inputs = stage.TryGetValue("inputStages", out var several) ? several.AsBsonArray : [];
        if (stage.TryGetValue("inputStage", out var input))
        {
            inputs = new BsonArray(inputs) { input };
        }

        foreach (var found in inputs.SelectMany(stageBelow => IndexNames(stageBelow.AsBsonDocument)))
        {
            yield return found;
        }
    }
}
