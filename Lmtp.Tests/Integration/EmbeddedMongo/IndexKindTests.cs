using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>TTL, text, partial and sparse indexes, as clients see them.</summary>
public sealed class IndexKindTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Expired_documents_are_deleted_and_others_kept()
    {
        await using var server = await MongoTestServer.StartAsync(new Dictionary<string, string?> { ["ExpiryInterval"] = "00:00:00.050" });
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await RunAsync(database, """
            {createIndexes: 'c', indexes: [
                {key: {at: 1}, name: 'ttl', expireAfterSeconds: 3600},
                {key: {until: 1}, name: 'partialTtl', expireAfterSeconds: 0, partialFilterExpression: {temporary: true}},
                {key: {start: 1, end: 1}, name: 'compound'}]}
            """);
        var past = DateTime.UtcNow.AddHours(-2);
        var recent = DateTime.UtcNow.AddMinutes(-30);
        var collection = database.GetCollection<BsonDocument>("c");
        await collection.InsertManyAsync(
            [
                new BsonDocument { { "_id", "kept: not old enough" }, { "at", recent } },
                new BsonDocument { { "_id", "kept: no date" }, { "at", "2001-01-01" } },
                new BsonDocument { { "_id", "kept: no field" } },
                new BsonDocument { { "_id", "kept: not in the partial index" }, { "until", past }, { "temporary", false } },
                new BsonDocument { { "_id", "gone: old" }, { "at", past } },
                new BsonDocument { { "_id", "gone: the earliest of an array counts" }, { "at", new BsonArray { recent, past } } },
                new BsonDocument { { "_id", "gone: in the partial index" }, { "until", recent }, { "temporary", true } },
            ],
            cancellationToken: TestContext.Current.CancellationToken);

        var deadline = DateTime.UtcNow + Patience;
        List<BsonDocument> left;
        do
        {
            left = await collection.Find(new BsonDocument()).ToListAsync(TestContext.Current.CancellationToken);
        }
        while (left.Exists(document => document["_id"].AsString.StartsWith("gone", StringComparison.Ordinal)) && DateTime.UtcNow < deadline);

        Assert.Equal(4, left.Count);
        Assert.All(left, document => Assert.StartsWith("kept", document["_id"].AsString, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{box: 'in'}", 4)]
    [InlineData("{box: 'in', seen: true}", 2)]
    [InlineData("{seen: false, box: 'in'}", 1)]
    [InlineData("{box: 'in', seen: null}", 1)]
    [InlineData("{box: 'in', n: 1}", 1)]
    [InlineData("{box: 'in', seen: {$in: [true, false]}}", 3)]
    [InlineData("{box: 'tag'}", 1)]
    [InlineData("{box: 'nowhere'}", 0)]
    [InlineData("{$and: [{box: 'in'}, {box: 'out'}]}", 0)]
    public async Task Counting_by_an_index_counts_the_documents(string filter, long expected)
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await RunAsync(database, "{createIndexes: 'c', indexes: [{key: {box: 1, seen: -1}, name: 'seen'}, {key: {tags: 1}, name: 'tags'}]}");
        var collection = database.GetCollection<BsonDocument>("c");
        await collection.InsertManyAsync(
            new[]
            {
                "{box: 'in', seen: true, n: 1}", "{box: 'in', seen: true}", "{box: 'in', seen: false}", "{box: 'in'}", "{box: 'out', seen: true}",
                "{box: 'gone'}",
            }.Select(BsonDocument.Parse),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected == 1 && filter == "{box: 'tag'}" ? 0 : expected, await CountAsync());

        // From here on a document may have several keys.
        await collection.InsertOneAsync(BsonDocument.Parse("{box: ['tag', 'tag', 'other'], seen: true}"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected, await CountAsync());
        await collection.DeleteManyAsync(BsonDocument.Parse("{box: 'in'}"), TestContext.Current.CancellationToken);
        Assert.Equal(filter == "{box: 'tag'}" ? 1 : 0, await CountAsync());

        Task<long> CountAsync() => collection.CountDocumentsAsync(
            new BsonDocumentFilterDefinition<BsonDocument>(BsonDocument.Parse(filter)), cancellationToken: TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("invoice", "1,2")]
    [InlineData("INVOICE picnic", "1,2,3")]
    [InlineData("invoice -overdue", "1")]
    [InlineData("\"second invoice\"", "2")]
    [InlineData("cafe", "3")]
    [InlineData("voice", "")]
    [InlineData("sender", "4")]
    public async Task Text_search_finds_whole_words(string search, string expected)
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await InsertTextsAsync(database);
        var filter = new BsonDocument { { "user", 1 }, { "$text", new BsonDocument("$search", search) } };
        var found = await database.GetCollection<BsonDocument>("c").Find(filter)
            .Sort(new BsonDocument("_id", 1)).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(expected, string.Join(',', found.Select(document => document["_id"])));
    }

    [Fact]
    public async Task Text_search_uses_its_index_beside_other_conditions()
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await InsertTextsAsync(database);
        var plan = await PlanAsync(database, "{user: 1, $text: {$search: 'invoice'}}");
        Assert.Equal("TEXT_MATCH", plan["inputStage"]["stage"].AsString);
        Assert.Equal("text", plan["inputStage"]["indexName"].AsString);
    }

    [Fact]
    public async Task Text_search_without_its_index_is_refused()
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await RunAsync(database, "{insert: 'c', documents: [{_id: 1}]}");
        var exception = await Assert.ThrowsAsync<MongoCommandException>(() => RunAsync(database, "{find: 'c', filter: {$text: {$search: 'x'}}}"));
        Assert.Equal(27, exception.Code);
    }

    [Theory]
    [InlineData("{p: 1, size: {$gt: 20}}", "partial")]
    [InlineData("{p: 1, size: {$gte: 10}}", "partial")]
    [InlineData("{p: 1, size: 11}", "partial")]
    [InlineData("{p: 1, size: {$gt: 9}}", null)]
    [InlineData("{p: 1}", null)]
    [InlineData("{p: 1, $or: [{size: 11}, {size: 1}]}", null)]
    [InlineData("{s: 1}", "sparse")]
    [InlineData("{s: {$gt: 3}}", "sparse")]
    [InlineData("{s: {$exists: true}}", "sparse")]
    [InlineData("{s: {$exists: true}, p: 2}", "sparse")]
    [InlineData("{s: null}", null)]
    [InlineData("{s: {$exists: false}}", null)]
    [InlineData("{s: {$ne: 3}}", null)]
    public async Task Partial_or_sparse_index_is_used_only_where_the_filter_implies_it(string filter, string? index)
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await RunAsync(database, """
            {createIndexes: 'c', indexes: [
                {key: {p: 1}, name: 'partial', partialFilterExpression: {size: {$gte: 10}}},
                {key: {s: 1}, name: 'sparse', sparse: true}]}
            """);
        await RunAsync(database, "{insert: 'c', documents: [{_id: 1, p: 1, size: 11, s: 1}, {_id: 2, p: 1, size: 1}]}");
        var plan = await PlanAsync(database, filter);
        Assert.Equal(index is null ? "COLLSCAN" : "FETCH", plan["stage"].AsString);
        if (index is not null)
        {
            Assert.Equal(index, plan["inputStage"]["indexName"].AsString);
        }
    }

    [Fact]
    public async Task Partial_text_index_wants_its_condition_in_the_query()
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await RunAsync(database, "{createIndexes: 'c', indexes: [{key: {text: 'text'}, name: 'text', partialFilterExpression: {searchable: true}}]}");
        await RunAsync(database, "{insert: 'c', documents: [{_id: 1, searchable: true, text: 'invoice'}, {_id: 2, text: 'invoice'}]}");
        var reply = await RunAsync(database, "{find: 'c', filter: {searchable: true, $and: [{$text: {$search: 'invoice'}}]}}");
        Assert.Equal(1, Assert.Single(reply["cursor"]["firstBatch"].AsBsonArray)["_id"].AsInt32);
        var exception = await Assert.ThrowsAsync<MongoCommandException>(() => RunAsync(database, "{find: 'c', filter: {$text: {$search: 'invoice'}}}"));
        Assert.Equal(291, exception.Code);
    }

    [Theory]
    [InlineData("{user: 1, size: {$gt: 15}, $text: {$search: 'invoice'}}", "2")]
    [InlineData("{user: 1, size: 10, $text: {$search: 'invoice picnic'}}", "1")]
    [InlineData("{user: 2, $text: {$search: 'invoice'}}", "4")]
    [InlineData("{user: 3, $text: {$search: 'invoice'}}", "")]
    [InlineData("{user: {$in: [1]}, $text: {$search: 'invoice'}}", null)]
    [InlineData("{$text: {$search: 'invoice'}}", null)]
    public async Task Text_index_narrows_by_the_fields_in_front_and_tests_those_behind(string filter, string? expected)
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await RunAsync(database, "{createIndexes: 'c', indexes: [{key: {user: 1, text: 'text', size: -1}, name: 'text'}]}");
        await RunAsync(database, """
            {insert: 'c', documents: [
                {_id: 1, user: 1, size: 10, text: 'invoice'},
                {_id: 2, user: 1, size: 20, text: 'invoice'},
                {_id: 3, user: 1, size: 30, text: 'picnic'},
                {_id: 4, user: 2, size: 40, text: ['no', 'invoice']}]}
            """);
        if (expected is null)
        {
            var exception = await Assert.ThrowsAsync<MongoCommandException>(() => RunAsync(database, $"{{find: 'c', filter: {filter}}}"));
            Assert.Equal(291, exception.Code);
            return;
        }

        var reply = await RunAsync(database, $"{{find: 'c', filter: {filter}, sort: {{_id: 1}}}}");
        Assert.Equal(expected, string.Join(',', reply["cursor"]["firstBatch"].AsBsonArray.Select(document => document["_id"])));
    }

    [Theory]
    [InlineData("{h: 7}", "1,2", true)]
    [InlineData("{h: {$in: ['x', {a: 1}]}}", "3,4", true)]
    [InlineData("{h: null}", "5,6", true)]
    [InlineData("{h: {$gt: 5}}", "1,2", false)]
    [InlineData("{h: /^x/}", "3", false)]
    public async Task Hashed_index_finds_equal_values(string filter, string expected, bool usesIndex)
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await RunAsync(database, "{createIndexes: 'c', indexes: [{key: {h: 'hashed'}, name: 'hashed'}]}");
        await RunAsync(database, "{insert: 'c', documents: [{_id: 1, h: 7}, {_id: 2, h: 7.0}, {_id: 3, h: 'x'}, {_id: 4, h: {a: 1}}, {_id: 5, h: null}, {_id: 6}]}");
        var reply = await RunAsync(database, $"{{find: 'c', filter: {filter}, sort: {{_id: 1}}}}");
        Assert.Equal(expected, string.Join(',', reply["cursor"]["firstBatch"].AsBsonArray.Select(document => document["_id"])));
        Assert.Equal(usesIndex ? "FETCH" : "COLLSCAN", (await PlanAsync(database, filter))["stage"].AsString);
    }

    [Fact]
    public async Task Hashed_index_refuses_arrays()
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await RunAsync(database, "{createIndexes: 'c', indexes: [{key: {a: 1, 'h.x': 'hashed'}, name: 'hashed'}]}");
        foreach (var document in (string[])["{_id: 1, h: {x: [1]}}", "{_id: 1, h: [{x: 1}]}", "{_id: 1, a: [1]}"])
        {
            var reply = await RunAsync(database, $"{{insert: 'c', documents: [{document}]}}");
            Assert.Equal(16766, reply["writeErrors"][0]["code"].AsInt32);
            Assert.Contains("do not currently support array values", reply["writeErrors"][0]["errmsg"].AsString, StringComparison.Ordinal);
        }

        await RunAsync(database, "{insert: 'd', documents: [{_id: 1, h: [1]}]}");
        var exception = await Assert.ThrowsAsync<MongoCommandException>(() => RunAsync(database, "{createIndexes: 'd', indexes: [{key: {h: 'hashed'}, name: 'hashed'}]}"));
        Assert.Equal(16766, exception.Code);
    }

    [Theory]
    [InlineData("key: {h: 'hashed'}, unique: true", 16764)]
    [InlineData("key: {a: 'hashed', b: 'hashed'}", 31303)]
    [InlineData("key: {a: 'hashed', b: 'text'}", 67)]
    [InlineData("key: {a: 'text'}, unique: true", 67)]
    [InlineData("key: {a: 1}, partialFilterExpression: {b: {$exists: false}}", 67)]
    [InlineData("key: {a: 1}, partialFilterExpression: {b: {$ne: 1}}", 67)]
    [InlineData("key: {a: 1}, partialFilterExpression: {b: /x/}", 67)]
    public async Task Index_that_cannot_be_is_refused(string specification, int code)
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        var exception = await Assert.ThrowsAsync<MongoCommandException>(() => RunAsync(database, $"{{createIndexes: 'c', indexes: [{{{specification}, name: 'i'}}]}}"));
        Assert.Equal(code, exception.Code);
    }

    [Fact]
    public async Task Options_of_a_collection_are_kept_and_shown()
    {
        using Processes.TemporaryDirectory data = new();
        for (var start = 0; start < 2; start++)
        {
            await using var server = await MongoTestServer.StartAsync(data: data.Path);
            var database = new MongoClient(server.Uri).GetDatabase("test");
            if (start == 0)
            {
                await RunAsync(database, "{create: 'c', storageEngine: {wiredTiger: {configString: 'x'}}, validationLevel: 'strict', capped: false}");
                await RunAsync(database, "{create: 'd'}");
            }

            var reply = await RunAsync(database, "{listCollections: 1}");
            Assert.Equal(
                [BsonDocument.Parse("{storageEngine: {wiredTiger: {configString: 'x'}}, validationLevel: 'strict'}"), []],
                reply["cursor"]["firstBatch"].AsBsonArray.Select(collection => collection["options"].AsBsonDocument));
        }
    }

    [Theory]
    [InlineData("capped: true, size: 1000", "capped")]
    [InlineData("size: 1000", "size")]
    [InlineData("viewOn: 'd', pipeline: []", "viewOn")]
    [InlineData("validator: {a: 1}", "validator")]
    [InlineData("timeseries: {timeField: 't'}", "timeseries")]
    [InlineData("clusteredIndex: {key: {_id: 1}, unique: true}", "clusteredIndex")]
    public async Task Collection_that_is_not_offered_is_refused_by_name(string options, string named)
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        var exception = await Assert.ThrowsAsync<MongoCommandException>(() => RunAsync(database, $"{{create: 'c', {options}}}"));
        Assert.Equal(72, exception.Code);
        Assert.Contains($"'{named}'", exception.Message, StringComparison.Ordinal);
        Assert.Empty((await RunAsync(database, "{listCollections: 1}"))["cursor"]["firstBatch"].AsBsonArray);
    }

    private static async Task InsertTextsAsync(IMongoDatabase database)
    {
        await RunAsync(database, "{createIndexes: 'c', indexes: [{key: {user: 1, 'headers.value': 'text', text: 'text'}, name: 'text'}]}");
        await RunAsync(database, """
            {insert: 'c', documents: [
                {_id: 1, user: 1, text: 'Your invoice, as a file'},
                {_id: 2, user: 1, text: 'The second Invoice is overdue'},
                {_id: 3, user: 1, text: 'A picnic at the Café'},
                {_id: 4, user: 1, headers: [{key: 'from', value: 'The Sender'}], text: ''}]}
            """);
    }

    private static async Task<BsonDocument> PlanAsync(IMongoDatabase database, string filter)
    {
        var explained = await RunAsync(database, $"{{explain: {{find: 'c', filter: {filter}}}, verbosity: 'queryPlanner'}}");
        return explained["queryPlanner"]["winningPlan"].AsBsonDocument;
    }

    private static Task<BsonDocument> RunAsync(IMongoDatabase database, string command) =>
        database.RunCommandAsync<BsonDocument>(BsonDocument.Parse(command), cancellationToken: TestContext.Current.CancellationToken);
}
