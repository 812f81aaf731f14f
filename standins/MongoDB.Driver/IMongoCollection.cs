namespace MongoDB.Driver;

/// <summary>A collection.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public interface IMongoCollection<TDocument>
{
    /// <summary>The name.</summary>
    CollectionNamespace CollectionNamespace { get; }

    /// <summary>The database.</summary>
    IMongoDatabase Database { get; }

    /// <summary>The indexes.</summary>
    IMongoIndexManager<TDocument> Indexes { get; }

    /// <summary>The settings.</summary>
    MongoCollectionSettings Settings { get; }

    /// <summary>Runs an aggregation.</summary>
    Task<IAsyncCursor<TResult>> AggregateAsync<TResult>(PipelineDefinition<TDocument, TResult> pipeline, AggregateOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>Runs several writes.</summary>
    Task<BulkWriteResult<TDocument>> BulkWriteAsync(IEnumerable<WriteModel<TDocument>> requests, BulkWriteOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>Counts the matching documents.</summary>
    Task<long> CountDocumentsAsync(FilterDefinition<TDocument> filter, CountOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes all matching documents.</summary>
    Task<DeleteResult> DeleteManyAsync(FilterDefinition<TDocument> filter, CancellationToken cancellationToken = default);

    /// <summary>Deletes all matching documents.</summary>
    Task<DeleteResult> DeleteManyAsync(FilterDefinition<TDocument> filter, DeleteOptions options, CancellationToken cancellationToken = default);

    /// <summary>Deletes one matching document.</summary>
    Task<DeleteResult> DeleteOneAsync(FilterDefinition<TDocument> filter, CancellationToken cancellationToken = default);

    /// <summary>Deletes one matching document.</summary>
    Task<DeleteResult> DeleteOneAsync(FilterDefinition<TDocument> filter, DeleteOptions options, CancellationToken cancellationToken = default);

    /// <summary>The different values of a field.</summary>
    Task<IAsyncCursor<TField>> DistinctAsync<TField>(FieldDefinition<TDocument, TField> field, FilterDefinition<TDocument> filter, DistinctOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>How many documents there are about.</summary>
    Task<long> EstimatedDocumentCountAsync(EstimatedDocumentCountOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>Finds documents.</summary>
    Task<IAsyncCursor<TProjection>> FindAsync<TProjection>(FilterDefinition<TDocument> filter, FindOptions<TDocument, TProjection> options = null, CancellationToken cancellationToken = default);

    /// <summary>Deletes a document and returns it, or null.</summary>
    Task<TProjection> FindOneAndDeleteAsync<TProjection>(FilterDefinition<TDocument> filter, FindOneAndDeleteOptions<TDocument, TProjection> options = null, CancellationToken cancellationToken = default);

    /// <summary>Replaces a document and returns it, or null.</summary>
    Task<TProjection> FindOneAndReplaceAsync<TProjection>(FilterDefinition<TDocument> filter, TDocument replacement, FindOneAndReplaceOptions<TDocument, TProjection> options = null, CancellationToken cancellationToken = default);

    /// <summary>Changes a document and returns it, or null.</summary>
    Task<TProjection> FindOneAndUpdateAsync<TProjection>(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update, FindOneAndUpdateOptions<TDocument, TProjection> options = null, CancellationToken cancellationToken = default);

    /// <summary>Inserts a document; one without an <c>_id</c> gets one.</summary>
    Task InsertOneAsync(TDocument document, InsertOneOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>Inserts documents; those without an <c>_id</c> get one.</summary>
    Task InsertManyAsync(IEnumerable<TDocument> documents, InsertManyOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>Replaces one matching document.</summary>
    Task<ReplaceOneResult> ReplaceOneAsync(FilterDefinition<TDocument> filter, TDocument replacement, ReplaceOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>Changes all matching documents.</summary>
    Task<UpdateResult> UpdateManyAsync(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update, UpdateOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>Changes one matching document.</summary>
    Task<UpdateResult> UpdateOneAsync(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update, UpdateOptions options = null, CancellationToken cancellationToken = default);

    /// <summary>The same collection with another read concern.</summary>
    IMongoCollection<TDocument> WithReadConcern(ReadConcern readConcern);

    /// <summary>The same collection with another read preference.</summary>
    IMongoCollection<TDocument> WithReadPreference(ReadPreference readPreference);

    /// <summary>The same collection with another write concern.</summary>
    IMongoCollection<TDocument> WithWriteConcern(WriteConcern writeConcern);
}
