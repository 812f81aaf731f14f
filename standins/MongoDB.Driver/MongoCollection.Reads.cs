using MongoDB.Bson;
using MongoDB.Driver.Cursors;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver;

/// <content>Finding, counting and aggregating.</content>
internal sealed partial class MongoCollection<TDocument>
{
    public Task<IAsyncCursor<TProjection>> FindAsync<TProjection>(FilterDefinition<TDocument> filter, FindOptions<TDocument, TProjection> options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        options ??= new FindOptions<TDocument, TProjection>();
        var cursorOptions = new CursorOptions(options.BatchSize, options.Limit is 0 ? null : Math.Abs(options.Limit ?? 0) is var limit and > 0 ? limit : null, options.MaxAwaitTime);
        return Executor.ReadAsync(
            new DriverCommand(DatabaseName, FindBody(filter, options)),
            Settings.ReadPreference,
            DocumentReader.Keeps<TProjection>(),
            AsyncCursor<TProjection>.Open(Executor, cursorOptions),
            cancellationToken);
    }

    public async Task<IAsyncCursor<TResult>> AggregateAsync<TResult>(PipelineDefinition<TDocument, TResult> pipeline, AggregateOptions options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        options ??= new AggregateOptions();
        var stages = pipeline.RenderStages();
        var writes = stages.Count > 0 && stages[^1].GetElement(0).Name is "$out" or "$merge";
        var body = new BsonDocument { { "aggregate", Name }, { "pipeline", new BsonArray(stages) } }
            .Add("allowDiskUse", options.AllowDiskUse, options.AllowDiskUse.HasValue)
            .Add("maxTimeMS", () => (long)options.MaxTime.Value.TotalMilliseconds, options.MaxTime.HasValue)
            .Add("collation", () => options.Collation.ToBsonDocument(), options.Collation is not null)
            .Add("hint", options.Hint, options.Hint is not null)
            .Add("let", options.Let, options.Let is not null)
            .Add("comment", options.Comment, options.Comment is not null)
            .Add("readConcern", () => Settings.ReadConcern.ToBsonDocument(), !Settings.ReadConcern.IsServerDefault)
            .Add("writeConcern", () => Settings.WriteConcern.ToBsonDocument(), writes && !Settings.WriteConcern.IsServerDefault)
            .Add("cursor", new BsonDocument().Add("batchSize", options.BatchSize, options.BatchSize.HasValue && !writes));
        var command = new DriverCommand(DatabaseName, body);
        var open = AsyncCursor<TResult>.Open(Executor, new CursorOptions(options.BatchSize, null, options.MaxAwaitTime));
        var keep = DocumentReader.Keeps<TResult>();
        return writes
            ? await Executor.WriteAsync(command, canRetry: false, keep, open, cancellationToken).ConfigureAwait(false)
            : await Executor.ReadAsync(command, Settings.ReadPreference, keep, open, cancellationToken).ConfigureAwait(false);
    }

    public async Task<long> CountDocumentsAsync(FilterDefinition<TDocument> filter, CountOptions options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var stages = new List<BsonDocument> { new("$match", filter.Render(RenderArgs<TDocument>.Default)) };
        if (options?.Skip is { } skip)
        {
            stages.Add(new BsonDocument("$skip", skip));
        }

        if (options?.Limit is { } limit)
        {
            stages.Add(new BsonDocument("$limit", limit));
        }

        stages.Add(new BsonDocument("$group", new BsonDocument { { "_id", 1 }, { "n", new BsonDocument("$sum", 1) } }));
        var aggregateOptions = new AggregateOptions { Collation = options?.Collation, Comment = options?.Comment, Hint = options?.Hint, MaxTime = options?.MaxTime };
        var cursor = await AggregateAsync<BsonDocument>(stages, aggregateOptions, cancellationToken).ConfigureAwait(false);
        var result = await cursor.FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        return result is null ? 0 : result["n"].ToInt64();
    }

    public Task<long> EstimatedDocumentCountAsync(EstimatedDocumentCountOptions options = null, CancellationToken cancellationToken = default)
    {
        var body = new BsonDocument("count", Name)
            .Add("maxTimeMS", () => (long)options.MaxTime.Value.TotalMilliseconds, options?.MaxTime is not null)
            .Add("comment", options?.Comment, options?.Comment is not null)
            .Add("readConcern", () => Settings.ReadConcern.ToBsonDocument(), !Settings.ReadConcern.IsServerDefault);
        return Executor.ReadAsync(new DriverCommand(DatabaseName, body), Settings.ReadPreference, keep: false, static (_, reply) => reply["n"].ToInt64(), cancellationToken);
    }

    public async Task<IAsyncCursor<TField>> DistinctAsync<TField>(FieldDefinition<TDocument, TField> field, FilterDefinition<TDocument> filter, DistinctOptions options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(filter);
        var body = new BsonDocument { { "distinct", Name }, { "key", field.FieldName }, { "query", filter.Render(RenderArgs<TDocument>.Default) } }
            .Add("maxTimeMS", () => (long)options.MaxTime.Value.TotalMilliseconds, options?.MaxTime is not null)
            .Add("collation", () => options.Collation.ToBsonDocument(), options?.Collation is not null)
            .Add("comment", options?.Comment, options?.Comment is not null)
            .Add("readConcern", () => Settings.ReadConcern.ToBsonDocument(), !Settings.ReadConcern.IsServerDefault);
        var values = await Executor
            .ReadAsync(new DriverCommand(DatabaseName, body), Settings.ReadPreference, DocumentReader.Keeps<TField>(), static (_, reply) => DocumentReader.ReadAll<TField>(reply["values"]), cancellationToken)
            .ConfigureAwait(false);
        return new ListCursor<TField>(values);
    }

    private BsonDocument FindBody<TProjection>(FilterDefinition<TDocument> filter, FindOptions<TDocument, TProjection> options)
    {
        var args = RenderArgs<TDocument>.Default;
        var limit = options.Limit ?? 0;
        return new BsonDocument { { "find", Name }, { "filter", filter.Render(args) } }
            .Add("sort", () => options.Sort.Render(args), options.Sort is not null)
            .Add("projection", () => options.Projection.RenderDocument(), options.Projection is not null)
            .Add("hint", options.Hint, options.Hint is not null)
            .Add("skip", options.Skip, options.Skip is > 0)
            .Add("limit", Math.Abs(limit), limit != 0)
            .Add("batchSize", options.BatchSize, options.BatchSize is > 0)
            .Add("singleBatch", true, limit is < 0 or 1)
            .Add("comment", options.Comment, options.Comment is not null)
            .Add("maxTimeMS", () => (long)options.MaxTime.Value.TotalMilliseconds, options.MaxTime.HasValue)
            .Add("max", options.Max, options.Max is not null)
            .Add("min", options.Min, options.Min is not null)
            .Add("returnKey", options.ReturnKey, options.ReturnKey.HasValue)
            .Add("showRecordId", options.ShowRecordId, options.ShowRecordId.HasValue)
            .Add("tailable", true, options.CursorType != CursorType.NonTailable)
            .Add("awaitData", true, options.CursorType == CursorType.TailableAwait)
            .Add("noCursorTimeout", options.NoCursorTimeout, options.NoCursorTimeout.HasValue)
            .Add("allowPartialResults", options.AllowPartialResults, options.AllowPartialResults.HasValue)
            .Add("allowDiskUse", options.AllowDiskUse, options.AllowDiskUse.HasValue)
            .Add("collation", () => options.Collation.ToBsonDocument(), options.Collation is not null)
            .Add("let", options.Let, options.Let is not null)
            .Add("readConcern", () => Settings.ReadConcern.ToBsonDocument(), !Settings.ReadConcern.IsServerDefault);
    }
}
