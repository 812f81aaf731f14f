using MongoDB.Bson;
using MongoDB.Driver.Cursors;
using MongoDB.Driver.Operations;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver;

/// <summary>The indexes of a collection.</summary>
internal sealed class MongoIndexManager<TDocument>(OperationExecutor executor, CollectionNamespace collectionNamespace, MongoCollectionSettings settings)
    : IMongoIndexManager<TDocument>
{
    public CollectionNamespace CollectionNamespace { get; } = collectionNamespace;

    public MongoCollectionSettings Settings { get; } = settings;

    private string DatabaseName => CollectionNamespace.DatabaseNamespace.DatabaseName;

    private string Name => CollectionNamespace.CollectionName;

    public Task<IEnumerable<string>> CreateManyAsync(IEnumerable<CreateIndexModel<TDocument>> models, CancellationToken cancellationToken = default) => CreateManyAsync(models, null, cancellationToken);

    public async Task<IEnumerable<string>> CreateManyAsync(IEnumerable<CreateIndexModel<TDocument>> models, CreateManyIndexesOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        var indexes = new BsonArray(models.Select(Render));
        var body = new BsonDocument { { "createIndexes", Name }, { "indexes", indexes } }
            .Add("maxTimeMS", () => (long)options.MaxTime.Value.TotalMilliseconds, options?.MaxTime is not null)
            .Add("comment", options?.Comment, options?.Comment is not null);
        await WriteAsync(body, cancellationToken).ConfigureAwait(false);
        return indexes.Select(index => index["name"].AsString).ToList();
    }

    public async Task<string> CreateOneAsync(CreateIndexModel<TDocument> model, CreateOneIndexOptions options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var manyOptions = new CreateManyIndexesOptions { MaxTime = options?.MaxTime };
        var names = await CreateManyAsync([model], manyOptions, cancellationToken).ConfigureAwait(false);
        return names.Single();
    }

    public Task DropAllAsync(CancellationToken cancellationToken = default) => DropAsync("*", cancellationToken);

    public Task DropOneAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name == "*" ? throw new ArgumentException("Cannot specify '*' for the index name. Use DropAllAsync to drop all indexes.", nameof(name)) : DropAsync(name, cancellationToken);
    }

    public Task<IAsyncCursor<BsonDocument>> ListAsync(CancellationToken cancellationToken = default) => ListAsync(null, cancellationToken);

    public async Task<IAsyncCursor<BsonDocument>> ListAsync(ListIndexesOptions options, CancellationToken cancellationToken = default)
    {
        const int NamespaceNotFound = 26;
        var body = new BsonDocument("listIndexes", Name)
            .Add("cursor", new BsonDocument().Add("batchSize", options?.BatchSize, options?.BatchSize is not null))
            .Add("comment", options?.Comment, options?.Comment is not null);
        try
        {
            return await executor
                .ReadAsync(new DriverCommand(DatabaseName, body), ReadPreference.Primary, keep: false, AsyncCursor<BsonDocument>.Open(executor, new CursorOptions(options?.BatchSize)), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MongoCommandException exception) when (exception.Code == NamespaceNotFound)
        {
            return new ListCursor<BsonDocument>([]);
        }
    }

    private static BsonDocument Render(CreateIndexModel<TDocument> model)
    {
        var options = model.Options ?? new CreateIndexOptions<TDocument>();
        var keys = model.Keys.Render(RenderArgs<TDocument>.Default);
        return new BsonDocument { { "key", keys }, { "name", options.Name ?? NameOf(keys) } }
            .Add("background", options.Background, options.Background.HasValue)
            .Add("collation", () => options.Collation.ToBsonDocument(), options.Collation is not null)
            .Add("default_language", options.DefaultLanguage, options.DefaultLanguage is not null)
            .Add("expireAfterSeconds", () => SecondsOf(options.ExpireAfter.Value), options.ExpireAfter.HasValue)
            .Add("hidden", options.Hidden, options.Hidden.HasValue)
            .Add("language_override", options.LanguageOverride, options.LanguageOverride is not null)
            .Add("partialFilterExpression", () => options.PartialFilterExpression.Render(RenderArgs<TDocument>.Default), options.PartialFilterExpression is not null)
            .Add("sparse", options.Sparse, options.Sparse.HasValue)
            .Add("storageEngine", options.StorageEngine, options.StorageEngine is not null)
            .Add("textIndexVersion", options.TextIndexVersion, options.TextIndexVersion.HasValue)
            .Add("unique", options.Unique, options.Unique.HasValue)
            .Add("v", options.Version, options.Version.HasValue)
            .Add("weights", options.Weights, options.Weights is not null)
            .Add("wildcardProjection", () => options.WildcardProjection.Render(RenderArgs<TDocument>.Default), options.WildcardProjection is not null);
    }

    private static BsonValue SecondsOf(TimeSpan span) => span.TotalSeconds <= int.MaxValue ? (BsonValue)(int)span.TotalSeconds : (long)span.TotalSeconds;

    private static string NameOf(BsonDocument keys) => string.Join('_', keys.Select(key => $"{key.Name.Replace(' ', '_')}_{key.Value}"));

    private Task<bool> DropAsync(string name, CancellationToken cancellationToken) => WriteAsync(new BsonDocument { { "dropIndexes", Name }, { "index", name } }, cancellationToken);

    private Task<bool> WriteAsync(BsonDocument body, CancellationToken cancellationToken)
    {
        body.Add("writeConcern", () => Settings.WriteConcern.ToBsonDocument(), !Settings.WriteConcern.IsServerDefault);
        return executor.WriteAsync(new DriverCommand(DatabaseName, body), canRetry: false, keep: false, static (_, _) => true, cancellationToken);
    }
}
