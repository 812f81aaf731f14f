using System.Buffers.Binary;
using System.Net.Sockets;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.EmbeddedMongo;

/// <summary>Limits of time and number: cursors, commands, connections.</summary>
public sealed class ServerLimitTests
{
    private const int IdleConnections = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Forgotten_cursor_is_closed_and_one_without_time_limit_kept()
    {
        await using var server = await MongoTestServer.StartAsync(new Dictionary<string, string?> { ["CursorTimeout"] = "00:00:00.100" });
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await InsertAsync(database, 10);
        var opened = await RunAsync(database, "{find: 'c', batchSize: 1}");
        var kept = await RunAsync(database, "{find: 'c', batchSize: 1, noCursorTimeout: true}");

        var deadline = DateTime.UtcNow + Patience;
        while (await OpenCursorsAsync(database) > 1 && DateTime.UtcNow < deadline)
        {
            await Task.Yield();
        }

        var exception = await Assert.ThrowsAnyAsync<MongoException>(() => GetMoreAsync(database, opened));
        Assert.Contains("not found", exception.Message, StringComparison.Ordinal);
        Assert.Equal(9, (await GetMoreAsync(database, kept))["cursor"]["nextBatch"].AsBsonArray.Count);
    }

    [Fact]
    public async Task Cursor_within_its_time_limit_is_kept()
    {
        await using var server = await MongoTestServer.StartAsync(new Dictionary<string, string?> { ["CursorTimeout"] = "00:10:00" });
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await InsertAsync(database, 10);
        var opened = await RunAsync(database, "{find: 'c', batchSize: 1}");
        Assert.Equal(9, (await GetMoreAsync(database, opened))["cursor"]["nextBatch"].AsBsonArray.Count);
    }

    [Theory]
    [InlineData("find: 'c', filter: {$expr: SLOW}")]
    [InlineData("count: 'c', query: {$expr: SLOW}")]
    [InlineData("aggregate: 'c', cursor: {}, pipeline: [{$match: {$expr: SLOW}}]")]
    [InlineData("distinct: 'c', key: '_id', query: {$expr: SLOW}")]
    public async Task Command_beyond_its_time_limit_is_ended(string command)
    {
        const string Slow = "{$lt: [{$reduce: {input: {$range: [0, 1000]}, initialValue: '$_id', in: {$add: ['$$value', '$$this']}}}, -1]}";
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await InsertAsync(database, 1000);
        command = command.Replace("SLOW", Slow, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MongoExecutionTimeoutException>(() => RunAsync(database, $"{{{command}, maxTimeMS: 1}}"));
        Assert.Equal(1.0, (await RunAsync(database, $"{{{command}, maxTimeMS: 60000}}"))["ok"].ToDouble());
    }

    [Theory]
    [InlineData("find: 'c', filter: {$expr: SLOW}")]
    [InlineData("find: 'c', projection: {x: SLOW}")]
    [InlineData("aggregate: 'c', cursor: {}, pipeline: [{$limit: 1}, {$group: {_id: SLOW}}]")]
    [InlineData("aggregate: 'c', cursor: {}, pipeline: [{$project: {x: SLOW}}]")]
    [InlineData("update: 'c', updates: [{q: {$expr: SLOW}, u: {$set: {x: 1}}}]")]
    [InlineData("update: 'c', ordered: false, updates: [{q: {}, u: [{$set: {x: SLOW}}]}]")]
    [InlineData("delete: 'c', deletes: [{q: {$expr: SLOW}, limit: 0}]")]
    [InlineData("findAndModify: 'c', query: {}, update: [{$set: {x: SLOW}}]")]
    public async Task Command_that_would_spend_an_hour_on_one_document_is_ended(string command)
    {
        const string Numbers = "{$range: [0, 1000000]}";
        const string Slow = $"{{$reduce: {{input: {Numbers}, initialValue: 0, in: {{$size: {{$map: {{input: {Numbers}, in: '$$this'}}}}}}}}}}";
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await InsertAsync(database, 1);
        command = command.Replace("SLOW", Slow, StringComparison.Ordinal);
        var exception = await Assert.ThrowsAsync<MongoExecutionTimeoutException>(() => RunAsync(database, $"{{{command}, maxTimeMS: 20}}"));
        Assert.Equal("MaxTimeMSExpired", exception.CodeName);
        Assert.Equal(new BsonDocument("_id", 0), (await RunAsync(database, "{find: 'c'}"))["cursor"]["firstBatch"][0]);
    }

    [Fact]
    public async Task Later_batches_use_up_the_time_limit_of_the_first_command()
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        await InsertAsync(database, 2);
        const string Slow = "{$cond: [{$eq: ['$_id', 1]}, {$reduce: {input: {$range: [0, 1000000]}, initialValue: 0, in: {$size: {$range: [0, 1000000]}}}}, 0]}";
        var opened = await RunAsync(database, $"{{find: 'c', sort: {{_id: 1}}, projection: {{x: {Slow}}}, batchSize: 0, maxTimeMS: 3000}}");
        await Assert.ThrowsAsync<MongoExecutionTimeoutException>(() => GetMoreAsync(database, opened));
        await Assert.ThrowsAnyAsync<MongoException>(() => GetMoreAsync(database, opened));
    }

    [Theory]
    [InlineData("{find: 'c', maxTimeMS: -1}", 51024)]
    [InlineData("{find: 'c', maxTimeMS: 2147483648}", 2)]
    [InlineData("{getMore: NumberLong(5), collection: 'c', maxTimeMS: 1}", 2)]
    public async Task Impossible_time_limit_is_refused(string command, int code)
    {
        await using var server = await MongoTestServer.StartAsync();
        var database = new MongoClient(server.Uri).GetDatabase("test");
        var exception = await Assert.ThrowsAsync<MongoCommandException>(() => RunAsync(database, command));
        Assert.Equal(code, exception.Code);
        Assert.Equal(1.0, (await RunAsync(database, "{find: 'c', maxTimeMS: 2147483647}"))["ok"].ToDouble());
    }

    [Fact]
    public async Task Thousands_of_idle_connections_leave_a_working_one_alone()
    {
        await using var server = await MongoTestServer.StartAsync();
        var address = new Uri(server.Uri);
        var idle = new List<TcpClient>();
        try
        {
            for (var i = 0; i < IdleConnections; i++)
            {
                var connection = new TcpClient();
                idle.Add(connection);
                await connection.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
                await PingAsync(connection);
            }

            var database = new MongoClient(server.Uri).GetDatabase("test");
            await InsertAsync(database, 100);
            Assert.Equal(100, (await RunAsync(database, "{count: 'c'}"))["n"].ToInt32());
            foreach (var connection in idle)
            {
                await PingAsync(connection);
            }
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task PingAsync(TcpClient connection)
    {
        const int HeaderLength = 16;
        const int OpMsg = 2013;
        var body = BsonDocument.Parse("{ping: 1, $db: 'admin'}").ToBson();
        var message = new byte[HeaderLength + sizeof(int) + 1 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), OpMsg);
        body.CopyTo(message.AsSpan(HeaderLength + sizeof(int) + 1));
        var stream = connection.GetStream();
        await stream.WriteAsync(message, TestContext.Current.CancellationToken);
        var header = new byte[HeaderLength];
        await stream.ReadExactlyAsync(header, TestContext.Current.CancellationToken);
        var rest = new byte[BinaryPrimitives.ReadInt32LittleEndian(header) - HeaderLength];
        await stream.ReadExactlyAsync(rest, TestContext.Current.CancellationToken);
    }

    private static Task InsertAsync(IMongoDatabase database, int count) => database.GetCollection<BsonDocument>("c").InsertManyAsync(
        Enumerable.Range(0, count).Select(id => new BsonDocument("_id", id)),
        cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<int> OpenCursorsAsync(IMongoDatabase database) =>
        (await RunAsync(database, "{serverStatus: 1}"))["metrics"]["cursor"]["open"]["total"].ToInt32();

    private static Task<BsonDocument> GetMoreAsync(IMongoDatabase database, BsonDocument opened) => database.RunCommandAsync<BsonDocument>(
        new BsonDocument { { "getMore", opened["cursor"]["id"] }, { "collection", "c" } },
        cancellationToken: TestContext.Current.CancellationToken);

    private static Task<BsonDocument> RunAsync(IMongoDatabase database, string command) =>
        database.RunCommandAsync<BsonDocument>(BsonDocument.Parse(command), cancellationToken: TestContext.Current.CancellationToken);
}
