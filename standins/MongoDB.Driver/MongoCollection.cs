using MongoDB.Driver.Operations;

namespace MongoDB.Driver;

/// <summary>A collection of a database.</summary>
internal sealed partial class MongoCollection<TDocument>(MongoDatabase database, CollectionNamespace collectionNamespace, MongoCollectionSettings settings)
    : IMongoCollection<TDocument>
{
    public CollectionNamespace CollectionNamespace { get; } = collectionNamespace;

    public IMongoDatabase Database => database;

    public IMongoIndexManager<TDocument> Indexes => new MongoIndexManager<TDocument>(database.Executor, CollectionNamespace, Settings);

    public MongoCollectionSettings Settings { get; } = settings;

    private OperationExecutor Executor => database.Executor;

    private string DatabaseName => CollectionNamespace.DatabaseNamespace.DatabaseName;

    private string Name => CollectionNamespace.CollectionName;

    public IMongoCollection<TDocument> WithReadConcern(ReadConcern readConcern) => With(changed => changed.ReadConcern = readConcern);

    public IMongoCollection<TDocument> WithReadPreference(ReadPreference readPreference) => With(changed => changed.ReadPreference = readPreference);

    public IMongoCollection<TDocument> WithWriteConcern(WriteConcern writeConcern) => With(changed => changed.WriteConcern = writeConcern);

    private MongoCollection<TDocument> With(Action<MongoCollectionSettings> change)
    {
        var changed = Settings.Clone();
        change(changed);
        return new MongoCollection<TDocument>(database, CollectionNamespace, changed);
    }
}
