using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>
/// Where much fits a query, walking an index in the order asked for ends soon; where little fits, what fits is read and
/// sorted. Documents whose keys cannot belong to the result are not read.
/// </summary>
public sealed class SortedPlanTests(SortedPlanTests.Mailbox mailbox) : IClassFixture<SortedPlanTests.Mailbox>
{
    private const int Documents = 9_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{m: 1, h: {$elemMatch: {k: 'from', v: {$regex: '@all\\\\.test'}}}}", "by_time")]
    [InlineData("{m: 1, h: {$elemMatch: {k: 'from', v: {$regex: 'tenth@'}}}}", "by_header")]
    [InlineData("{m: 1, h: {$elemMatch: {k: 'from', v: {$regex: 'nobody@'}}}}", "by_header")]
    [InlineData("{m: 1, h: {$elemMatch: {k: {$in: ['to', 'cc']}, v: {$regex: 'someone4711'}}}}", "by_header")]
    [InlineData("{m: 1, s: {$gte: 8950}}", "by_size")]
    [InlineData("{m: 1, s: {$gte: 10}}", "by_time")]
    [InlineData("{m: 1, u: true}", "by_mark")]
    [InlineData("{m: 1, u: false}", "by_time")]
    [InlineData("{m: 1}", "by_time")]
    [InlineData("{m: 1, $text: {$search: 'rare'}}", "words")]
    [InlineData("{m: 1, $text: {$search: 'usual'}}", "by_time")]
    [InlineData("{m: 1, $text: {$search: 'usual -rare'}}", "by_time")]
    [InlineData("{$text: {$search: 'usual'}}", "words")]
    public async Task Plan_is_the_one_that_ends_sooner_and_finds_the_same(string filter, string index)
    {
        var query = BsonDocument.Parse(filter);
        var sort = BsonDocument.Parse("{t: -1, _id: -1}");

        var explained = await mailbox.Database.RunCommandAsync<BsonDocument>(
            new BsonDocument { { "explain", new BsonDocument { { "find", "c" }, { "filter", query }, { "sort", sort }, { "limit", 50 } } }, { "verbosity", "executionStats" } },
            cancellationToken: Token);
        var found = await mailbox.Indexed.Find(query).Sort(sort).Limit(50).ToListAsync(Token);

        Assert.Equal(index, NamesIn(explained["queryPlanner"]["winningPlan"].AsBsonDocument).Single());
        Assert.InRange(explained["executionStats"]["totalDocsExamined"].ToInt32(), 0, index == "by_header" ? 1_000 : int.MaxValue);
        Assert.Equal(await mailbox.IdsByReadingAsync(query, sort), found.Select(document => document["_id"]));
    }

    [Fact]
    public async Task Text_in_another_element_than_the_one_in_bounds_is_found()
    {
        var query = BsonDocument.Parse("{m: 1, h: {$elemMatch: {k: 'from'}}, 'h.v': {$regex: 'someone4711'}}");

        var found = await mailbox.Indexed.Find(query).ToListAsync(Token);

        Assert.Equal(4711, Assert.Single(found)["_id"]);
    }

    [Fact]
    public async Task Expression_that_is_stored_as_such_is_found()
    {
        var query = BsonDocument.Parse("{m: 2, h: {$elemMatch: {k: 'from', v: {$regex: 'a\\\\.b'}}}}");

        var found = await mailbox.Indexed.Find(query).Sort(BsonDocument.Parse("{t: -1, _id: -1}")).ToListAsync(Token);

        Assert.Equal(Documents + 1, Assert.Single(found)["_id"]);
    }

    private static IEnumerable<string> NamesIn(BsonDocument stage)
    {
        if (stage.TryGetValue("indexName", out var name))
        {
            yield return name.AsString;
        }

        if (stage.TryGetValue("inputStage", out var input))
        {
            foreach (var inner in NamesIn(input.AsBsonDocument))
            {
                yield return inner;
            }
        }
    }

    /// <summary>A database with one full mailbox.</summary>
    public sealed class Mailbox : IAsyncLifetime
    {
        private MongoTestServer? _server;
        private List<BsonDocument> _documents = [];

        public IMongoDatabase Database { get; private set; } = null!;

        public IMongoCollection<BsonDocument> Indexed => Database.GetCollection<BsonDocument>("c");

        public async ValueTask InitializeAsync()
        {
            _server = await MongoTestServer.StartAsync();
            Database = new MongoClient(_server.Uri).GetDatabase("test");
            await Database.RunCommandAsync<BsonDocument>(
                BsonDocument.Parse("""
                    {createIndexes: 'c', indexes: [
                        {key: {m: 1, t: -1, _id: -1}, name: 'by_time'},
                        {key: {m: 1, 'h.k': 1, 'h.v': 1}, name: 'by_header'},
                        {key: {m: 1, s: 1}, name: 'by_size'},
                        {key: {m: 1, u: 1}, name: 'by_mark'},
                        {key: {x: 'text'}, name: 'words'}]}
                    """),
                cancellationToken: Token);
            _documents = [.. Enumerable.Range(0, Documents).Select(NewDocument)];
            var expression = NewDocument(Documents + 1);
            expression["m"] = 2;
            expression["x"] = "other";
            expression["h"][0]["v"] = new BsonRegularExpression(@"a\.b");
            await Indexed.InsertManyAsync(_documents.Append(expression), cancellationToken: Token);
        }

        public async Task<IEnumerable<BsonValue>> IdsByReadingAsync(BsonDocument filter, BsonDocument sort)
        {
            if (filter.Contains("$text"))
            {
                var isRare = filter["$text"]["$search"] == "rare";
                var isWithoutRare = filter["$text"]["$search"].AsString.Contains('-', StringComparison.Ordinal);
                return _documents.Where(document => (!isRare && !isWithoutRare) || document["x"].AsString.Contains("rare", StringComparison.Ordinal) == isRare)
                    .OrderByDescending(document => document["t"]).ThenByDescending(document => document["_id"]).Take(50).Select(document => document["_id"]);
            }

            var found = await Indexed
                .Find(filter, new FindOptions { Hint = new BsonDocument("$natural", 1) })
                .Sort(sort).Limit(50).ToListAsync(Token);
            return found.Select(document => document["_id"]);
        }

        public async ValueTask DisposeAsync()
        {
            if (_server is not null)
            {
                await _server.DisposeAsync();
            }
        }

        private static BsonDocument NewDocument(int number) => new()
        {
            { "_id", number },
            { "m", 1 },
            { "t", number / 3 },
            { "s", number },
            { "u", number % 30 == 0 },
            { "x", number % 100 == 7 ? "usual rare" : "usual" },
            {
                "h",
                new BsonArray
                {
                    new BsonDocument { { "k", "from" }, { "v", number % 10 == 0 ? "tenth@all.test" : $"other{number}@all.test" } },
                    new BsonDocument { { "k", "to" }, { "v", $"someone{number}@here.test" } },
                }
            },
        };
    }
}
