using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.MongoDriver;

/// <summary>The driver against the embedded database.</summary>
public sealed class DriverTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Documents_come_back_batch_by_batch_in_the_order_asked_for()
    {
        using var client = new MongoClient(mongo.ConnectionString);
        var collection = NewCollection(client);
        await collection.InsertManyAsync(Enumerable.Range(0, 250).Select(number => new BsonDocument("n", number)), cancellationToken: Token);

        var found = await collection.Find(FilterDefinition<BsonDocument>.Empty, new FindOptions { BatchSize = 40 }).Sort("{ n: -1 }").ToListAsync(Token);

        Assert.Equal(Enumerable.Range(0, 250).Reverse(), found.Select(document => document["n"].AsInt32));
        Assert.Equal(250, await collection.CountDocumentsAsync(new BsonDocument(), cancellationToken: Token));
    }

    [Fact]
    public async Task Cursor_left_before_its_end_frees_its_connection()
    {
        var settings = MongoClientSettings.FromConnectionString(mongo.ConnectionString);
        settings.MaxConnectionPoolSize = 1;
        using var client = new MongoClient(settings);
        var collection = NewCollection(client);
        await collection.InsertManyAsync(Enumerable.Range(0, 50).Select(number => new BsonDocument("n", number)), cancellationToken: Token);

        using (var cursor = await collection.Find(new BsonDocument(), new FindOptions { BatchSize = 5 }).ToCursorAsync(Token))
        {
            Assert.True(await cursor.MoveNextAsync(Token));
            Assert.Equal(5, cursor.Current.Count());
        }

        Assert.Equal(50, await collection.CountDocumentsAsync(new BsonDocument(), cancellationToken: Token));
    }

    [Fact]
    public async Task Second_document_of_an_id_is_a_duplicate_key_error()
    {
        using var client = new MongoClient(mongo.ConnectionString);
        var collection = NewCollection(client);
        await collection.InsertOneAsync(new BsonDocument("_id", 1), cancellationToken: Token);

        var exception = await Assert.ThrowsAsync<MongoWriteException>(() => collection.InsertOneAsync(new BsonDocument("_id", 1), cancellationToken: Token));

        Assert.Equal(ServerErrorCategory.DuplicateKey, exception.WriteError.Category);
        Assert.Equal(11000, exception.WriteError.Code);
    }

    [Fact]
    public async Task Unordered_writes_go_on_after_an_error_and_name_the_request_that_failed()
    {
        using var client = new MongoClient(mongo.ConnectionString);
        var collection = NewCollection(client);
        BsonDocument[] documents = [new("_id", 1), new("_id", 1), new("_id", 2)];

        var exception = await Assert.ThrowsAsync<MongoBulkWriteException<BsonDocument>>(
            () => collection.InsertManyAsync(documents, new InsertManyOptions { IsOrdered = false }, Token));

        Assert.Equal(1, Assert.Single(exception.WriteErrors).Index);
        Assert.Equal(2, exception.Result.InsertedCount);
    }

    [Fact]
    public async Task Update_tells_what_it_matched_changed_and_inserted()
    {
        using var client = new MongoClient(mongo.ConnectionString);
        var collection = NewCollection(client);
        var filter = Builders<BsonDocument>.Filter.Eq("_id", "x");
        var update = Builders<BsonDocument>.Update.Set("a", 1);

        var inserted = await collection.UpdateOneAsync(filter, update, new UpdateOptions { IsUpsert = true }, Token);
        var unchanged = await collection.UpdateOneAsync(filter, update, cancellationToken: Token);

        Assert.Equal("x", inserted.UpsertedId.AsString);
        Assert.Equal(0, inserted.MatchedCount);
        Assert.Equal((1, 0), (unchanged.MatchedCount, unchanged.ModifiedCount));
        Assert.Null(unchanged.UpsertedId);
    }

    [Fact]
    public async Task Changed_document_is_returned_as_it_was_or_as_it_is()
    {
        using var client = new MongoClient(mongo.ConnectionString);
        var collection = NewCollection(client);
        await collection.InsertOneAsync(new BsonDocument { { "_id", 1 }, { "n", 1 } }, cancellationToken: Token);
        var filter = Builders<BsonDocument>.Filter.Eq("_id", 1);
        var update = Builders<BsonDocument>.Update.Inc("n", 1);

        var before = await collection.FindOneAndUpdateAsync(filter, update, cancellationToken: Token);
        var after = await collection.FindOneAndUpdateAsync(
            filter, update, new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After }, Token);
        var none = await collection.FindOneAndDeleteAsync(Builders<BsonDocument>.Filter.Eq("_id", 2), cancellationToken: Token);

        Assert.Equal(1, before["n"].AsInt32);
        Assert.Equal(3, after["n"].AsInt32);
        Assert.Null(none);
    }

    [Fact]
    public async Task Document_of_five_megabytes_comes_back_as_it_was()
    {
        using var client = new MongoClient(mongo.ConnectionString);
        var collection = NewCollection(client);
        var bytes = new byte[5 * 1024 * 1024];
        new Random(1).NextBytes(bytes);
        await collection.InsertOneAsync(new BsonDocument { { "_id", 1 }, { "data", bytes } }, cancellationToken: Token);

        var found = await collection.Find(new BsonDocument("_id", 1)).FirstOrDefaultAsync(Token);
        using var raw = await client.GetDatabase(collection.Database.DatabaseNamespace.DatabaseName)
            .GetCollection<RawBsonDocument>(collection.CollectionNamespace.CollectionName).Find(new BsonDocument("_id", 1)).FirstOrDefaultAsync(Token);

        Assert.True(bytes.AsSpan().SequenceEqual(found["data"].AsByteArray));
        Assert.True(bytes.AsSpan().SequenceEqual(raw["data"].AsByteArray));
    }

    [Fact]
    public async Task Refused_command_names_its_code()
    {
        using var client = new MongoClient(mongo.ConnectionString);

        var exception = await Assert.ThrowsAsync<MongoCommandException>(
            () => client.GetDatabase("test").RunCommandAsync<BsonDocument>(new BsonDocument("noSuchCommand", 1), cancellationToken: Token));

        Assert.Equal(59, exception.Code);
        Assert.Equal("CommandNotFound", exception.CodeName);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_a_timeout()
    {
        var settings = MongoClientSettings.FromConnectionString("mongodb://127.0.0.1:1");
        settings.ServerSelectionTimeout = TimeSpan.FromMilliseconds(300);
        using var client = new MongoClient(settings);

        await Assert.ThrowsAsync<TimeoutException>(() => NewCollection(client).CountDocumentsAsync(new BsonDocument(), cancellationToken: Token));
    }

    [Fact]
    public async Task Cancelled_operation_leaves_the_client_usable()
    {
        using var client = new MongoClient(mongo.ConnectionString);
        var collection = NewCollection(client);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => collection.InsertOneAsync(new BsonDocument(), cancellationToken: cancelled.Token));
        await collection.InsertOneAsync(new BsonDocument(), cancellationToken: Token);

        Assert.Equal(1, await collection.CountDocumentsAsync(new BsonDocument(), cancellationToken: Token));
    }

    private static IMongoCollection<BsonDocument> NewCollection(MongoClient client)
    {
        return client.GetDatabase("driver").GetCollection<BsonDocument>(EmbeddedMongoFixture.NewName("tests"));
    }
}
