using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery;
using Lmtp.Tests.Integration.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Storage;

public sealed class IndexTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Existing_database_gets_the_indexes_that_it_lacks_and_is_altered_in_no_other_way()
    {
        var name = EmbeddedMongoFixture.NewName("indexes");
        using var client = new MongoClient(mongo.ConnectionString);
        var database = client.GetDatabase(name);
        await MakeWildDuckDatabaseAsync(database);
        var documents = await DumpAsync(database);
        var indexes = await IndexesAsync(database);
        var logs = new CollectedLogs();

        await using var host = await DeliveryHost.StartAsync(
            mongo, name, builder => builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(logs), ("Lmtp:Storage:CreateIndexes", "false"));
        var created = await host.Get<IndexBuilder>().CreateMissingAsync(Token);

        Assert.Equal(documents, await DumpAsync(database));
        var after = await IndexesAsync(database);
        Assert.Equal(indexes, after.Where(indexes.Contains));
        Assert.Contains(after, index => index.Contains("user_path", StringComparison.Ordinal));
        Assert.DoesNotContain(after, index => index.Contains("\"users_dotless\"", StringComparison.Ordinal));
        Assert.Contains(logs.Events, entry => entry.Text.Contains("Created index user_path of mailboxes", StringComparison.Ordinal));
        Assert.Equal(IndexCatalog.All.Count - 2, created);
        Assert.Equal(0, await host.Get<IndexBuilder>().CreateMissingAsync(Token));
    }

    [Fact]
    public async Task Missing_indexes_are_created_at_start_in_the_background_and_reported()
    {
        await using var host = await DeliveryHost.StartAsync(
            mongo, EmbeddedMongoFixture.NewName("indexes"), ("Lmtp:Storage:CreateIndexes", "false"));
        using var logs = new CollectedLogs();
        using var logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Debug).AddProvider(logs));
        using var builder = new IndexBuilder(
            host.Get<MailDatabase>(), Options.Create(new StorageOptions()), TimeProvider.System, logging.CreateLogger<IndexBuilder>());

        await builder.StartAsync(Token);

        var total = IndexCatalog.All.Count;
        await Eventually.TrueAsync(() => logs.Events.Any(entry =>
            entry.Text == $"Indexes are complete: {total} of {total} were missing and have been created"));
        Assert.Equal(total, logs.Events.Count(entry => entry.Text.StartsWith("Created index", StringComparison.Ordinal)));
        await builder.StopAsync(Token);
    }

    [Theory]
    [InlineData(0.9, LogLevel.Debug)]
    [InlineData(1, LogLevel.Information)]
    public async Task Index_that_takes_a_second_or_more_is_told_of_in_an_everyday_log(double seconds, LogLevel level)
    {
        await using var host = await DeliveryHost.StartAsync(
            mongo, EmbeddedMongoFixture.NewName("indexes"), ("Lmtp:Storage:CreateIndexes", "false"));
        using var logs = new CollectedLogs();
        using var logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Debug).AddProvider(logs));
        var time = new SteppingTime(TimeSpan.FromSeconds(seconds));
        using var builder = new IndexBuilder(
            host.Get<MailDatabase>(), Options.Create(new StorageOptions()), time, logging.CreateLogger<IndexBuilder>());

        await builder.CreateMissingAsync(Token);

        var told = logs.Events.Where(entry => entry.Text.StartsWith("Created index", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(told);
        Assert.All(told, entry => Assert.Equal(level, entry.Level));
    }

    [Fact]
    public async Task Index_that_the_data_does_not_allow_is_reported_and_the_others_are_made()
    {
        var name = EmbeddedMongoFixture.NewName("indexes");
        using var client = new MongoClient(mongo.ConnectionString);
        var addresses = client.GetDatabase(name).GetCollection<BsonDocument>("addresses");
        await addresses.InsertManyAsync(
            [new BsonDocument("addrview", "a@example.test"), new BsonDocument("addrview", "a@example.test")], cancellationToken: Token);
        var logs = new CollectedLogs();
        await using var host = await DeliveryHost.StartAsync(
            mongo, name, builder => builder.Logging.AddProvider(logs), ("Lmtp:Storage:CreateIndexes", "false"));
        Assert.Equal(IndexCatalog.All.Count - 1, await host.Get<IndexBuilder>().CreateMissingAsync(Token));
        Assert.Contains(logs.Events, entry =>
            entry.Level == LogLevel.Error && entry.Text.Contains("Index address_dotless of addresses could not be created", StringComparison.Ordinal));
    }

    // With documents, one index as WildDuck makes it and one with the same keys under another name.
    private static async Task MakeWildDuckDatabaseAsync(IMongoDatabase database)
    {
        foreach (var collection in new[] { "users", "addresses", "mailboxes", "messages", "settings" })
        {
            await database.GetCollection<BsonDocument>(collection).InsertManyAsync(
                Enumerable.Range(0, 3).Select(number => new BsonDocument
                {
                    { "_id", number },
                    { "unameview", $"{number}" },
                    { "addrview", $"{number}" },
                    { "user", number },
                    { "path", "INBOX" },
                    { "key", $"const:{number}" },
                }),
                cancellationToken: Token);
        }

        var users = database.GetCollection<BsonDocument>("users");
        await users.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(
                Builders<BsonDocument>.IndexKeys.Ascending("unameview"), new CreateIndexOptions { Name = "by_hand", Unique = true }),
            cancellationToken: Token);
        await users.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(Builders<BsonDocument>.IndexKeys.Ascending("username"), new CreateIndexOptions { Name = "users" }),
            cancellationToken: Token);
    }

    private static async Task<List<string>> DumpAsync(IMongoDatabase database)
    {
        var documents = new List<string>();
        foreach (var name in await NamesAsync(database))
        {
            var found = await database.GetCollection<BsonDocument>(name).Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(Token);
            documents.AddRange(found.Select(document => $"{name}: {document}"));
        }

        return documents;
    }

    private static async Task<List<string>> IndexesAsync(IMongoDatabase database)
    {
        var indexes = new List<string>();
        foreach (var name in await NamesAsync(database))
        {
            using var cursor = await database.GetCollection<BsonDocument>(name).Indexes.ListAsync(Token);
            indexes.AddRange((await cursor.ToListAsync(Token)).Select(index => $"{name}: {index}"));
        }

        return indexes;
    }

    private static async Task<List<string>> NamesAsync(IMongoDatabase database)
    {
        using var names = await database.ListCollectionNamesAsync(cancellationToken: Token);
        return [.. (await names.ToListAsync(Token)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Each look at the clock comes that much after the one before.</summary>
    private sealed class SteppingTime(TimeSpan step) : TimeProvider
    {
        private long _timestamp;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _timestamp, step.Ticks);
    }
}
