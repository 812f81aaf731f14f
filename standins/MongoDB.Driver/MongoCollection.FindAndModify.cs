using MongoDB.Bson;
using MongoDB.Driver.Cursors;
using MongoDB.Driver.Operations;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver;

/// <content>Changing a document and getting it back.</content>
internal sealed partial class MongoCollection<TDocument>
{
    public Task<TProjection> FindOneAndDeleteAsync<TProjection>(FilterDefinition<TDocument> filter, FindOneAndDeleteOptions<TDocument, TProjection> options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FindOneAndDeleteOptions<TDocument, TProjection>();
        var body = Query(filter, options.Sort)
            .Add("remove", true)
            .Add("fields", () => options.Projection.RenderDocument(), options.Projection is not null);
        return FindAndModifyAsync<TProjection>(AddCommon(body, options.MaxTime, options.Collation, options.Comment, options.Hint, options.Let), cancellationToken);
    }

    public Task<TProjection> FindOneAndReplaceAsync<TProjection>(FilterDefinition<TDocument> filter, TDocument replacement, FindOneAndReplaceOptions<TDocument, TProjection> options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FindOneAndReplaceOptions<TDocument, TProjection>();
        var body = Query(filter, options.Sort)
            .Add("update", WriteDocuments.Replacement(replacement))
            .Add("new", true, options.ReturnDocument == ReturnDocument.After)
            .Add("fields", () => options.Projection.RenderDocument(), options.Projection is not null)
            .Add("upsert", true, options.IsUpsert)
            .Add("bypassDocumentValidation", true, options.BypassDocumentValidation == true);
        return FindAndModifyAsync<TProjection>(AddCommon(body, options.MaxTime, options.Collation, options.Comment, options.Hint, options.Let), cancellationToken);
    }

    public Task<TProjection> FindOneAndUpdateAsync<TProjection>(FilterDefinition<TDocument> filter, UpdateDefinition<TDocument> update, FindOneAndUpdateOptions<TDocument, TProjection> options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(update);
        options ??= new FindOneAndUpdateOptions<TDocument, TProjection>();
        var body = Query(filter, options.Sort)
            .Add("update", WriteDocuments.Update(update))
            .Add("new", true, options.ReturnDocument == ReturnDocument.After)
            .Add("fields", () => options.Projection.RenderDocument(), options.Projection is not null)
            .Add("upsert", true, options.IsUpsert)
            .Add("bypassDocumentValidation", true, options.BypassDocumentValidation == true)
            .Add("arrayFilters", () => new BsonArray(options.ArrayFilters.Select(one => one.RenderDocument())), options.ArrayFilters is not null);
        return FindAndModifyAsync<TProjection>(AddCommon(body, options.MaxTime, options.Collation, options.Comment, options.Hint, options.Let), cancellationToken);
    }

    private static BsonDocument AddCommon(BsonDocument body, TimeSpan? maxTime, Collation collation, BsonValue comment, BsonValue hint, BsonDocument let)
    {
        return body
            .Add("maxTimeMS", () => (long)maxTime.Value.TotalMilliseconds, maxTime.HasValue)
            .Add("collation", () => collation.ToBsonDocument(), collation is not null)
            .Add("comment", comment, comment is not null)
            .Add("hint", hint, hint is not null)
            .Add("let", let, let is not null);
    }

    private BsonDocument Query(FilterDefinition<TDocument> filter, SortDefinition<TDocument> sort)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var args = RenderArgs<TDocument>.Default;
        return new BsonDocument { { "findAndModify", Name }, { "query", filter.Render(args) } }
            .Add("sort", () => sort.Render(args), sort is not null);
    }

    private Task<TProjection> FindAndModifyAsync<TProjection>(BsonDocument body, CancellationToken cancellationToken)
    {
        body.Add("writeConcern", () => Settings.WriteConcern.ToBsonDocument(), !Settings.WriteConcern.IsServerDefault);
        return Executor.WriteAsync(new DriverCommand(DatabaseName, body), Settings.WriteConcern.IsAcknowledged, DocumentReader.Keeps<TProjection>(), Read, cancellationToken);

        static TProjection Read(CommandContext context, RawBsonDocument reply)
        {
            WriteConcernErrors.ThrowIfAny(context, reply);
            return reply.TryGetValue("value", out var value) && value is not BsonNull ? DocumentReader.Read<TProjection>(value) : default;
        }
    }
}
