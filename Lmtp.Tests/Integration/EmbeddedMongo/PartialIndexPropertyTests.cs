using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>
/// Documents that come into partial and sparse indexes and leave them again, and queries that often, but not always, imply
/// what those indexes hold: the same is found as by reading everything.
/// </summary>
public sealed class PartialIndexPropertyTests
{
    private const int Documents = 200;
    private const int Rounds = 1500;

    private static readonly string[] Indexes = ["ofCounted", "ofNamed", "ofEither", "nested", "both"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Partial_and_sparse_indexes_find_what_a_collection_scan_finds()
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var (plain, indexed) = (database.GetCollection<BsonDocument>("plain"), database.GetCollection<BsonDocument>("indexed"));
        await database.RunCommandAsync<BsonDocument>(
            BsonDocument.Parse("""
                {createIndexes: 'indexed', indexes: [
                    {key: {n: 1}, name: 'ofCounted', partialFilterExpression: {c: {$gte: 1}}},
                    {key: {c: -1, n: 1}, name: 'ofNamed', partialFilterExpression: {s: 'x', n: {$exists: true}}},
                    {key: {s: 1}, name: 'ofEither', partialFilterExpression: {$or: [{c: {$in: [1, 2]}}, {n: {$lt: 2}}]}},
                    {key: {'a.b': 1}, name: 'nested', sparse: true},
                    {key: {d: 1, c: 1}, name: 'both', sparse: true}]}
                """),
            cancellationToken: Token);
        await BothAsync(collection => collection.InsertManyAsync(Enumerable.Range(0, Documents).Select(id => Document(id, new Random(seed + id))), cancellationToken: Token));
        var used = new HashSet<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var id = random.Next(Documents);
            var change = Document(id, random);
            await BothAsync(collection => change.Contains("gone")
                ? collection.DeleteOneAsync(new BsonDocument("_id", id), Token)
                : collection.ReplaceOneAsync(new BsonDocument("_id", id), change, new ReplaceOptions { IsUpsert = true }, Token));
            var (filter, sort) = (Filter(random), random.Next(3) == 0 ? new BsonDocument { { "n", 1 }, { "_id", 1 } } : new BsonDocument("_id", 1));
            var (expected, actual) = (await IdsAsync(plain, filter, sort), await IdsAsync(indexed, filter, sort));
            Assert.True(
                expected.SequenceEqual(actual),
                $"seed {seed}, round {round}: {filter.ToJson()}: {string.Join(',', expected)} without, {string.Join(',', actual)} with indexes");
            used.UnionWith(await UsedAsync(database, filter));
        }

        Assert.Superset(new HashSet<string>(Indexes), used);

        async Task BothAsync(Func<IMongoCollection<BsonDocument>, Task> action)
        {
            await action(plain);
            await action(indexed);
        }
    }

    private static BsonDocument Document(int id, Random random)
    {
        var document = new BsonDocument("_id", id);
        foreach (var name in (string[])["c", "n", "d"])
        {
            if (random.Next(3) > 0)
            {
                document[name] = Number(random);
            }
        }

        if (random.Next(3) > 0)
        {
            document["s"] = random.Next(2) == 0 ? "x" : "y";
        }

        switch (random.Next(4))
        {
            case 0:
                document["a"] = new BsonDocument(random.Next(2) == 0 ? "b" : "other", random.Next(4));
                break;
            case 1:
                document["a"] = new BsonArray { new BsonDocument("b", random.Next(4)), new BsonDocument("other", 1), 5 };
                break;
            case 2 when random.Next(4) == 0:
                document["gone"] = true;
                break;
        }

        return document;
    }

    // Only one field of a compound key may be an array.
    private static BsonValue Number(Random random) => random.Next(12) switch
    {
        0 => BsonNull.Value,
        1 => random.Next(4) + 0.5,
        2 => "text",
        _ => random.Next(5),
    };

    private static BsonDocument Filter(Random random)
    {
        if (random.Next(3) == 0)
        {
            // On both sides of what the first index holds.
            var bound = new BsonDocument(random.Next(2) == 0 ? "$gte" : "$gt", random.Next(3));
            return new BsonDocument { { "c", bound }, { "n", new BsonDocument("$gte", random.Next(3)) } };
        }

        var filter = new BsonDocument();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            switch (random.Next(6))
            {
                case 0 or 1:
                    filter["c"] = Condition(random);
                    break;
                case 2:
                    filter["n"] = Condition(random);
                    break;
                case 3:
                    filter["s"] = random.Next(2) == 0 ? "x" : new BsonDocument("$in", new BsonArray { "x", "y" });
                    break;
                case 4:
                    filter["a.b"] = Condition(random);
                    break;
                default:
                    filter["d"] = Condition(random);
                    break;
            }
        }

        return filter;
    }

    private static BsonValue Condition(Random random) => random.Next(8) switch
    {
        0 => new BsonDocument("$exists", true),
        1 => new BsonDocument("$exists", false),
        2 => BsonNull.Value,
        3 => random.Next(5),
        4 => new BsonDocument("$in", new BsonArray { random.Next(1, 3), random.Next(5) }),
        5 => new BsonDocument("$lt", random.Next(4)),
        6 => new BsonDocument { { "$gte", random.Next(4) }, { "$lt", random.Next(6) } },
        _ => new BsonDocument("$gt", random.Next(4)),
    };

    private static async Task<List<int>> IdsAsync(IMongoCollection<BsonDocument> collection, BsonDocument filter, BsonDocument sort) =>
        [.. (await collection.Find(filter).Sort(sort).ToListAsync(Token)).Select(document => document["_id"].AsInt32)];

    private static async Task<IEnumerable<string>> UsedAsync(IMongoDatabase database, BsonDocument filter)
    {
        var explained = await database.RunCommandAsync<BsonDocument>(
            new BsonDocument { { "explain", new BsonDocument { { "find", "indexed" }, { "filter", filter } } }, { "verbosity", "queryPlanner" } },
            cancellationToken: Token);
        var plan = explained["queryPlanner"]["winningPlan"].AsBsonDocument;
        return plan.TryGetValue("inputStage", out var input) && input.AsBsonDocument.TryGetValue("indexName", out var name) ? [name.AsString] : [];
    }
}
