using MongoDB.Bson;
using MongoDB.Driver.Topology;

namespace MongoDB.Driver;

/// <summary>Reads of a collection; its writes are in MongoCollection.Writes.cs.</summary>
internal sealed partial class MongoCollection<TDocument>(
    IMongoDatabase database,
    CollectionNamespace name,
    MongoCollectionSettings settings,
    CommandExecutor executor) : IMongoCollection<TDocument>
{
    public CollectionNamespace CollectionNamespace => name;

    public IMongoDatabase Database => database;

    public IMongoIndexManager<TDocument> Indexes { get; } = new MongoIndexManager<TDocument>(executor, name);

    public MongoCollectionSettings Settings => settings;

    private string DatabaseName => name.DatabaseNamespace.DatabaseName;

    public async Task<IAsyncCursor<TResult>> AggregateAsync<TResult>(
        PipelineDefinition<TDocument, TResult> pipeline,
        AggregateOptions options = null,
        CancellationToken cancellationToken = default)
    {
        var cursor = new BsonDocument();
        cursor.Add("batchSize", () => options.BatchSize.Value, options?.BatchSize is not null);
        var command = new BsonDocument
        {
            { "aggregate", name.CollectionName },
            { "pipeline", new BsonArray(pipeline.Render()) },
            { "cursor", cursor },
        };
        command.Add("allowDiskUse", () => options.AllowDiskUse.Value, options?.AllowDiskUse is not null);
        AddMaxTime(command, options?.MaxTime);
        command.Add("hint", options?.Hint, options?.Hint is not null);
        command.Add("comment", options?.Comment, options?.Comment is not null);
        var reply = await ReadAsync(command, cancellationToken).ConfigureAwait(false);
        return new AsyncCursor<TResult>(executor, name, reply.Document["cursor"].AsBsonDocument, options?.BatchSize, null);
    }

    public async Task<long> CountDocumentsAsync(FilterDefinition<TDocument> filter, CountOptions options = null, CancellationToken cancellationToken = default)
    {
        var stages = new List<BsonDocument> { new("$match", filter.Render()) };
        if (options?.Skip is { } skip)
        {
            stages.Add(new BsonDocument("$skip", skip));
        }

        if (options?.Limit is { } limit)
        {
            stages.Add(new BsonDocument("$limit", limit));
        }

        stages.Add(new BsonDocument("$group", new BsonDocument { { "_id", 1 }, { "n", new BsonDocument("$sum", 1) } }));
        using var cursor = await AggregateAsync<BsonDocument>(
            stages,
            new AggregateOptions { Hint = options?.Hint, MaxTime = options?.MaxTime },
            cancellationToken).ConfigureAwait(false);
        var count = await cursor.FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return count is null ? 0 : count["n"].ToInt64();
    }

    public async Task<IAsyncCursor<TField>> DistinctAsync<TField>(
        FieldDefinition<TDocument, TField> field,
        FilterDefinition<TDocument> filter,
        DistinctOptions options = null,
        CancellationToken cancellationToken = default)
    {
        var command = new BsonDocument { { "distinct", name.CollectionName }, { "key", field.Name }, { "query", filter.Render() } };
        AddMaxTime(command, options?.MaxTime);
        var reply = await ReadAsync(command, cancellationToken).ConfigureAwait(false);
        return new SingleBatchCursor<TField>([.. reply.Document["values"].AsBsonArray.Select(ScalarCodec<TField>.Decode)]);
    }

    public async Task<long> EstimatedDocumentCountAsync(EstimatedDocumentCountOptions options = null, CancellationToken cancellationToken = default)
    {
        var command = new BsonDocument("count", name.CollectionName);
        AddMaxTime(command, options?.MaxTime);
        var reply = await ReadAsync(command, cancellationToken).ConfigureAwait(false);
        return reply.Document["n"].ToInt64();
    }

    public async Task<IAsyncCursor<TProjection>> FindAsync<TProjection>(
        FilterDefinition<TDocument> filter,
        FindOptions<TDocument, TProjection> options = null,
        CancellationToken cancellationToken = default)
    {
        var command = new BsonDocument { { "find", name.CollectionName }, { "filter", filter.Render() } };
        command.Add("sort", () => options.Sort.Render(), options?.Sort is not null);
        command.Add("projection", () => options.Projection.Render(), options?.Projection is not null);
        command.Add("hint", options?.Hint, options?.Hint is not null);
        command.Add("skip", () => options.Skip.Value, options?.Skip is > 0);
        command.Add("limit", () => Math.Abs(options.Limit.Value), options?.Limit is not (null or 0));
        command.Add("batchSize", () => options.BatchSize.Value, options?.BatchSize is not null);
        command.Add("singleBatch", true, options?.Limit is < 0 or 1);
        command.Add("comment", options?.Comment, options?.Comment is not null);
        command.Add("allowDiskUse", () => options.AllowDiskUse.Value, options?.AllowDiskUse is not null);
        AddMaxTime(command, options?.MaxTime);
        var reply = await ReadAsync(command, cancellationToken).ConfigureAwait(false);
        return new AsyncCursor<TProjection>(executor, name, reply.Document["cursor"].AsBsonDocument, options?.BatchSize, options?.Limit);
    }

    public IMongoCollection<TDocument> WithReadConcern(ReadConcern readConcern) => With(changed => changed.ReadConcern = readConcern);

    public IMongoCollection<TDocument> WithReadPreference(ReadPreference readPreference) => With(changed => changed.ReadPreference = readPreference);

    public IMongoCollection<TDocument> WithWriteConcern(WriteConcern writeConcern) => With(changed => changed.WriteConcern = writeConcern);

    private static void AddMaxTime(BsonDocument command, TimeSpan? maxTime) =>
        command.Add("maxTimeMS", () => (int)maxTime.Value.TotalMilliseconds, maxTime is not null);

    private MongoCollection<TDocument> With(Action<MongoCollectionSettings> change)
    {
        var changed = settings.Copy();
        change(changed);
        return new MongoCollection<TDocument>(database, name, changed, executor);
    }

    private Task<CommandReply> ReadAsync(BsonDocument command, CancellationToken cancellationToken)
    {
        command.Add("readConcern", () => settings.ReadConcern.ToBsonDocument(), settings.ReadConcern is { IsServerDefault: false });
        command.Add(
            "$readPreference",
            () => settings.ReadPreference.ToBsonDocument(),
            settings.ReadPreference is { ReadPreferenceMode: not ReadPreferenceMode.Primary });
        return executor.ReadAsync(DatabaseName, command, cancellationToken);
    }
}
