using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

internal sealed partial class MongoCollection<TDocument>
{
    public Task<BulkWriteResult<TDocument>> BulkWriteAsync(IEnumerable<WriteModel<TDocument>> requests, BulkWriteOptions options = null, CancellationToken cancellationToken = default)
    {
        var models = requests.ToList();
        if (models.Count == 0)
        {
            throw new ArgumentException("Must contain at least 1 request.", nameof(requests));
        }

        foreach (var model in models.OfType<InsertOneModel<TDocument>>())
        {
            DocumentCodec<TDocument>.AssignId(model.Document);
        }

        return new BulkWriter<TDocument>(name, settings.WriteConcern, executor, options ?? new BulkWriteOptions()).RunAsync(models, cancellationToken);
    }

    public Task<DeleteResult> DeleteManyAsync(FilterDefinition<TDocument> filter, CancellationToken cancellationToken = default) =>
        DeleteAsync(new DeleteManyModel<TDocument>(filter), cancellationToken);

    public Task<DeleteResult> DeleteOneAsync(FilterDefinition<TDocument> filter, CancellationToken cancellationToken = default) =>
        DeleteAsync(new DeleteOneModel<TDocument>(filter), cancellationToken);

    public Task<TProjection> FindOneAndDeleteAsync<TProjection>(FilterDefinition<TDocument> filter, FindOneAndDeleteOptions<TDocument, TProjection> options = null, CancellationToken cancellationToken = default)
    {
        var command = FindAndModify(filter, options?.Sort, options?.Projection, options?.Hint, options?.MaxTime);
        command.Add("remove", true);
        return FindAndModifyAsync<TProjection>(command, cancellationToken);
    }

    public Task<TProjection> FindOneAndReplaceAsync<TProjection>(FilterDefinition<TDocument> filter, TDocument replacement, FindOneAndReplaceOptions<TDocument, TProjection> options = null, CancellationToken cancellationToken = default)
    {
        var command = FindAndModify(filter, options?.Sort, options?.Projection, options?.Hint, options?.MaxTime);
        command.Add("update", DocumentCodec<TDocument>.ToDocument(replacement));
        AddModification(command, options?.ReturnDocument ?? ReturnDocument.Before, options?.IsUpsert ?? false);
        return FindAndModifyAsync<TProjection>(command, cancellationToken);
    }

    public Task<TProjection> FindOneAndUpdateAsync<TProjection>(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update, FindOneAndUpdateOptions<TDocument, TProjection> options = null, CancellationToken cancellationToken = default)
    {
        var command = FindAndModify(filter, options?.Sort, options?.Projection, options?.Hint, options?.MaxTime);
        command.Add("update", update.Render());
        AddModification(command, options?.ReturnDocument ?? ReturnDocument.Before, options?.IsUpsert ?? false);
        return FindAndModifyAsync<TProjection>(command, cancellationToken);
    }

    public Task InsertManyAsync(IEnumerable<TDocument> documents, InsertManyOptions options = null, CancellationToken cancellationToken = default) => BulkWriteAsync(
        documents.Select(document => new InsertOneModel<TDocument>(document)),
        new BulkWriteOptions { IsOrdered = options?.IsOrdered ?? true, Comment = options?.Comment },
        cancellationToken);

    public Task InsertOneAsync(TDocument document, InsertOneOptions options = null, CancellationToken cancellationToken = default) =>
        WriteOneAsync(new InsertOneModel<TDocument>(document), options?.Comment, cancellationToken);

    public async Task<ReplaceOneResult> ReplaceOneAsync(FilterDefinition<TDocument> filter, TDocument replacement, ReplaceOptions options = null, CancellationToken cancellationToken = default)
    {
        var model = new ReplaceOneModel<TDocument>(filter, replacement) { IsUpsert = options?.IsUpsert ?? false, Hint = options?.Hint };
        var result = await WriteOneAsync(model, options?.Comment, cancellationToken).ConfigureAwait(false);
        return new ReplaceOneResult.Acknowledged(result.MatchedCount, result.ModifiedCount, OnlyUpsert(result));
    }

    public Task<UpdateResult> UpdateManyAsync(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update, UpdateOptions options = null, CancellationToken cancellationToken = default) => UpdateAsync(
        new UpdateManyModel<TDocument>(filter, update) { IsUpsert = options?.IsUpsert ?? false, Hint = options?.Hint },
        options,
        cancellationToken);

    public Task<UpdateResult> UpdateOneAsync(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update, UpdateOptions options = null, CancellationToken cancellationToken = default) => UpdateAsync(
        new UpdateOneModel<TDocument>(filter, update) { IsUpsert = options?.IsUpsert ?? false, Hint = options?.Hint },
        options,
        cancellationToken);

    private static BsonValue OnlyUpsert(BulkWriteResult<TDocument> result) => result.Upserts is [var upsert, ..] ? upsert.Id : null;

    private static void AddModification(BsonDocument command, ReturnDocument returned, bool upsert)
    {
        command.Add("new", true, returned == ReturnDocument.After);
        command.Add("upsert", true, upsert);
    }

    private async Task<DeleteResult> DeleteAsync(WriteModel<TDocument> model, CancellationToken cancellationToken) =>
        new DeleteResult.Acknowledged((await WriteOneAsync(model, null, cancellationToken).ConfigureAwait(false)).DeletedCount);

    private async Task<UpdateResult> UpdateAsync(WriteModel<TDocument> model, UpdateOptions options, CancellationToken cancellationToken)
    {
        var result = await WriteOneAsync(model, options?.Comment, cancellationToken).ConfigureAwait(false);
        return new UpdateResult.Acknowledged(result.MatchedCount, result.ModifiedCount, OnlyUpsert(result));
    }

    private async Task<BulkWriteResult<TDocument>> WriteOneAsync(WriteModel<TDocument> model, BsonValue comment, CancellationToken cancellationToken)
    {
        try
        {
            return await BulkWriteAsync([model], new BulkWriteOptions { Comment = comment }, cancellationToken).ConfigureAwait(false);
        }
        catch (MongoBulkWriteException<TDocument> exception)
        {
            throw new MongoWriteException(exception.ConnectionId, exception.WriteErrors is [var error, ..] ? error : null, exception.WriteConcernError, exception);
        }
    }

    private BsonDocument FindAndModify<TProjection>(
        FilterDefinition<TDocument> filter,
        SortDefinition<TDocument> sort,
        ProjectionDefinition<TDocument, TProjection> projection,
        BsonValue hint,
        TimeSpan? maxTime)
    {
        var command = new BsonDocument { { "findAndModify", name.CollectionName }, { "query", filter.Render() } };
        command.Add("sort", () => sort.Render(), sort is not null);
        command.Add("fields", () => projection.Render(), projection is not null);
        command.Add("hint", hint, hint is not null);
        AddMaxTime(command, maxTime);
        command.Add("writeConcern", () => settings.WriteConcern.ToBsonDocument(), settings.WriteConcern is { IsServerDefault: false });
        return command;
    }

    private async Task<TProjection> FindAndModifyAsync<TProjection>(BsonDocument command, CancellationToken cancellationToken)
    {
        var reply = await executor.WriteAsync(DatabaseName, command, null, cancellationToken).ConfigureAwait(false);
        ThrowIfNotDurable(reply.Connection, reply.Document);
        return DocumentCodec<TProjection>.Decode(reply.Document.GetValue("value", BsonNull.Value));
    }

    private static void ThrowIfNotDurable(ConnectionId connection, BsonDocument reply)
    {
        if (reply.TryGetValue("writeConcernError", out var error))
        {
            throw new MongoWriteConcernException(connection, error["errmsg"].AsString, reply);
        }
    }
}
