using MongoDB.Driver.Operations;

namespace MongoDB.Driver;

/// <content>Inserting, changing, replacing and deleting.</content>
internal sealed partial class MongoCollection<TDocument>
{
    public Task<BulkWriteResult<TDocument>> BulkWriteAsync(IEnumerable<WriteModel<TDocument>> requests, BulkWriteOptions options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var list = requests.ToList();
        if (list.Count == 0)
        {
            throw new ArgumentException("Must contain at least 1 request.", nameof(requests));
        }

        return new BulkWriter<TDocument>(Executor, DatabaseName, Name, Settings.WriteConcern, options ?? new BulkWriteOptions()).RunAsync(list, cancellationToken);
    }

    public Task InsertOneAsync(TDocument document, InsertOneOptions options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return WriteOneAsync(
            new InsertOneModel<TDocument>(document),
            new BulkWriteOptions { BypassDocumentValidation = options?.BypassDocumentValidation, Comment = options?.Comment },
            cancellationToken);
    }

    public Task InsertManyAsync(IEnumerable<TDocument> documents, InsertManyOptions options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return BulkWriteAsync(
            documents.Select(document => new InsertOneModel<TDocument>(document)),
            new BulkWriteOptions { BypassDocumentValidation = options?.BypassDocumentValidation, Comment = options?.Comment, IsOrdered = options?.IsOrdered ?? true },
            cancellationToken);
    }

    public Task<DeleteResult> DeleteManyAsync(FilterDefinition<TDocument> filter, CancellationToken cancellationToken = default) => DeleteManyAsync(filter, null, cancellationToken);

    public Task<DeleteResult> DeleteManyAsync(FilterDefinition<TDocument> filter, DeleteOptions options, CancellationToken cancellationToken = default)
    {
        return DeleteAsync(new DeleteManyModel<TDocument>(filter) { Collation = options?.Collation, Hint = options?.Hint }, options, cancellationToken);
    }

    public Task<DeleteResult> DeleteOneAsync(FilterDefinition<TDocument> filter, CancellationToken cancellationToken = default) => DeleteOneAsync(filter, null, cancellationToken);

    public Task<DeleteResult> DeleteOneAsync(FilterDefinition<TDocument> filter, DeleteOptions options, CancellationToken cancellationToken = default)
    {
        return DeleteAsync(new DeleteOneModel<TDocument>(filter) { Collation = options?.Collation, Hint = options?.Hint }, options, cancellationToken);
    }

    public async Task<ReplaceOneResult> ReplaceOneAsync(FilterDefinition<TDocument> filter, TDocument replacement, ReplaceOptions options = null, CancellationToken cancellationToken = default)
    {
        var model = new ReplaceOneModel<TDocument>(filter, replacement)
        {
            Collation = options?.Collation,
            Hint = options?.Hint,
            IsUpsert = options?.IsUpsert ?? false,
            Sort = (options as ReplaceOptions<TDocument>)?.Sort,
        };
        var bulkOptions = new BulkWriteOptions { BypassDocumentValidation = options?.BypassDocumentValidation, Comment = options?.Comment, Let = options?.Let };
        var result = await WriteOneAsync(model, bulkOptions, cancellationToken).ConfigureAwait(false);
        return result.IsAcknowledged
            ? new ReplaceOneResult.Acknowledged(result.MatchedCount, result.ModifiedCount, result.Upserts.Count > 0 ? result.Upserts[0].Id : null)
            : ReplaceOneResult.Unacknowledged.Instance;
    }

    public Task<UpdateResult> UpdateManyAsync(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update, UpdateOptions options = null, CancellationToken cancellationToken = default)
    {
        var model = new UpdateManyModel<TDocument>(filter, update)
        {
            ArrayFilters = options?.ArrayFilters,
            Collation = options?.Collation,
            Hint = options?.Hint,
            IsUpsert = options?.IsUpsert ?? false,
        };
        return UpdateAsync(model, options, cancellationToken);
    }

    public Task<UpdateResult> UpdateOneAsync(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update, UpdateOptions options = null, CancellationToken cancellationToken = default)
    {
        var model = new UpdateOneModel<TDocument>(filter, update)
        {
            ArrayFilters = options?.ArrayFilters,
            Collation = options?.Collation,
            Hint = options?.Hint,
            IsUpsert = options?.IsUpsert ?? false,
            Sort = (options as UpdateOptions<TDocument>)?.Sort,
        };
        return UpdateAsync(model, options, cancellationToken);
    }

    private async Task<DeleteResult> DeleteAsync(WriteModel<TDocument> model, DeleteOptions options, CancellationToken cancellationToken)
    {
        var result = await WriteOneAsync(model, new BulkWriteOptions { Comment = options?.Comment, Let = options?.Let }, cancellationToken).ConfigureAwait(false);
        return result.IsAcknowledged ? new DeleteResult.Acknowledged(result.DeletedCount) : DeleteResult.Unacknowledged.Instance;
    }

    private async Task<UpdateResult> UpdateAsync(WriteModel<TDocument> model, UpdateOptions options, CancellationToken cancellationToken)
    {
        var bulkOptions = new BulkWriteOptions { BypassDocumentValidation = options?.BypassDocumentValidation, Comment = options?.Comment, Let = options?.Let };
        var result = await WriteOneAsync(model, bulkOptions, cancellationToken).ConfigureAwait(false);
        return result.IsAcknowledged
            ? new UpdateResult.Acknowledged(result.MatchedCount, result.ModifiedCount, result.Upserts.Count > 0 ? result.Upserts[0].Id : null)
            : UpdateResult.Unacknowledged.Instance;
    }

    private async Task<BulkWriteResult<TDocument>> WriteOneAsync(WriteModel<TDocument> model, BulkWriteOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await BulkWriteAsync([model], options, cancellationToken).ConfigureAwait(false);
        }
        catch (MongoBulkWriteException<TDocument> exception)
        {
            throw MongoWriteException.FromBulkWriteException(exception);
        }
    }
}
