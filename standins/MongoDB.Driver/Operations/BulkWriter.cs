using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Operations;

/// <summary>Runs writes: puts those of a kind into as few commands as the server takes.</summary>
internal sealed class BulkWriter<TDocument>(
    OperationExecutor executor,
    string database,
    string collection,
    WriteConcern writeConcern,
    BulkWriteOptions options)
{
    private readonly List<BulkWriteUpsert> _upserts = [];
    private readonly List<BulkWriteError> _errors = [];
    private WriteConcernError _writeConcernError;
    private ConnectionId _connectionId;
    private long _matched;
    private long _deleted;
    private long _inserted;
    private long _modified;

    public async Task<BulkWriteResult<TDocument>> RunAsync(IReadOnlyList<WriteModel<TDocument>> requests, CancellationToken cancellationToken)
    {
        var queue = new Queue<List<WriteRequest>>(Group(requests));
        var tried = new List<int>();
        while (queue.TryDequeue(out var group))
        {
            var done = 0;
            while (done < group.Count)
            {
                done += await RunCommandAsync(group, done, tried, cancellationToken).ConfigureAwait(false);
                if (_errors.Count > 0 && options.IsOrdered)
                {
                    queue.Clear();
                    break;
                }
            }
        }

        return Finish(requests, tried);
    }

    private IEnumerable<List<WriteRequest>> Group(IReadOnlyList<WriteModel<TDocument>> requests)
    {
        var rendered = requests.Select((request, index) => WriteRequest.Create(request, index));
        if (!options.IsOrdered)
        {
            return rendered.GroupBy(request => request.Kind).Select(group => group.ToList());
        }

        var groups = new List<List<WriteRequest>>();
        foreach (var request in rendered)
        {
            if (groups.Count == 0 || groups[^1][0].Kind != request.Kind)
            {
                groups.Add([]);
            }

            groups[^1].Add(request);
        }

        return groups;
    }

    /// <summary>Sends one command; returns how many of the group it took.</summary>
    private async Task<int> RunCommandAsync(List<WriteRequest> group, int start, List<int> tried, CancellationToken cancellationToken)
    {
        var kind = group[start].Kind;
        var sequence = new WriteSequence(group, start);
        var body = new BsonDocument { { kind.ToString().ToLowerInvariant(), collection }, { "ordered", options.IsOrdered } }
            .Add("bypassDocumentValidation", true, options.BypassDocumentValidation == true)
            .Add("comment", options.Comment, options.Comment is not null)
            .Add("let", options.Let, options.Let is not null && kind != WriteKind.Insert)
            .Add("writeConcern", () => writeConcern.ToBsonDocument(), !writeConcern.IsServerDefault);
        var command = new DriverCommand(database, body) { Sequence = sequence, ExpectsReply = writeConcern.IsAcknowledged };
        var canRetry = writeConcern.IsAcknowledged && !group.Skip(start).Any(request => request.IsMulti);
        await executor.WriteAsync(command, canRetry, keep: false, Collect, cancellationToken).ConfigureAwait(false);
        tried.AddRange(group.Skip(start).Take(sequence.Count).Select(request => request.Index));
        return sequence.Count;

        bool Collect(CommandContext context, RawBsonDocument reply)
        {
            _connectionId = context.Connection.Id;
            CollectReply(kind, group, start, reply.Materialize(null));
            return true;
        }
    }

    private void CollectReply(WriteKind kind, List<WriteRequest> group, int start, BsonDocument reply)
    {
        var count = reply.GetValue("n", 0).ToInt64();
        switch (kind)
        {
            case WriteKind.Insert:
                _inserted += count;
                break;
            case WriteKind.Delete:
                _deleted += count;
                break;
            default:
                var upserted = reply.GetValue("upserted", BsonNull.Value) as BsonArray ?? [];
                _upserts.AddRange(upserted.Select(upsert => new BulkWriteUpsert(group[start + upsert["index"].ToInt32()].Index, upsert["_id"])));
                _matched += count - upserted.Count;
                _modified += reply.GetValue("nModified", 0).ToInt64();
                break;
        }

        foreach (var error in (reply.GetValue("writeErrors", BsonNull.Value) as BsonArray ?? []).Select(value => value.AsBsonDocument))
        {
            _errors.Add(new BulkWriteError(
                group[start + error["index"].ToInt32()].Index,
                error.GetValue("code", 0).ToInt32(),
                error.GetValue("errmsg", "").AsString,
                error.GetValue("errInfo", BsonNull.Value) as BsonDocument));
        }

        _writeConcernError = WriteConcernErrors.Read(reply) ?? _writeConcernError;
    }

    private BulkWriteResult<TDocument> Finish(IReadOnlyList<WriteModel<TDocument>> requests, List<int> tried)
    {
        var processed = tried.Order().Select(index => requests[index]).ToList();
        if (!writeConcern.IsAcknowledged)
        {
            return new BulkWriteResult<TDocument>.Unacknowledged(requests.Count, processed);
        }

        var result = new BulkWriteResult<TDocument>.Acknowledged(requests.Count, _matched, _deleted, _inserted, _modified, processed, _upserts.OrderBy(upsert => upsert.Index));
        if (_errors.Count == 0 && _writeConcernError is null)
        {
            return result;
        }

        // After an error of ordered writes, those behind it in the same command were not tried either.
        var lastTried = options.IsOrdered && _errors.Count > 0 ? _errors[^1].Index : int.MaxValue;
        var triedSet = tried.Where(index => index <= lastTried).ToHashSet();
        var unprocessed = requests.Where((_, index) => !triedSet.Contains(index));
        throw new MongoBulkWriteException<TDocument>(_connectionId, result, _errors.OrderBy(error => error.Index), _writeConcernError, unprocessed);
    }

    /// <summary>The writes of one command, as many as fit.</summary>
    private sealed class WriteSequence(List<WriteRequest> group, int start) : DocumentSequence
    {
        /// <summary>Room for the command around the documents.</summary>
        private const int Margin = 16 * 1024;

        public int Count { get; private set; }

        public override string Name => group[start].Kind switch
        {
            WriteKind.Insert => "documents",
            WriteKind.Update => "updates",
            _ => "deletes",
        };

        public override void Write(BsonOutput output, ServerLimits limits)
        {
            Count = 0;
            var multi = group[start].IsMulti;
            while (start + Count < group.Count && Count < limits.MaxBatchCount)
            {
                var request = group[start + Count];
                var before = output.Position;

                // One write that may not be repeated would keep all the others of its command from it.
                if (Count > 0 && request.IsMulti != multi)
                {
                    break;
                }

                BsonEncoder.WriteDocument(output, request.Document);
                var size = output.Position - before;
                if (request.Kind == WriteKind.Insert && size > limits.MaxDocumentSize)
                {
                    throw new FormatException($"Size {size} is larger than MaxDocumentSize {limits.MaxDocumentSize}.");
                }

                if (Count > 0 && output.Position > limits.MaxMessageSize - Margin)
                {
                    output.Truncate(before);
                    break;
                }

                Count++;
            }
        }
    }

    /// <summary>A write as it is sent.</summary>
    private sealed record WriteRequest(int Index, WriteKind Kind, BsonDocument Document, bool IsMulti)
    {
        public static WriteRequest Create(WriteModel<TDocument> model, int index)
        {
            return model switch
            {
                InsertOneModel<TDocument> insert => new WriteRequest(index, WriteKind.Insert, DocumentIds.Ensure(insert.Document), IsMulti: false),
                UpdateOneModel<TDocument> update => Update(index, update.Filter, WriteDocuments.Update(update.Update), update.IsUpsert, isMulti: false, update.Hint, update.Collation, update.ArrayFilters, update.Sort),
                UpdateManyModel<TDocument> update => Update(index, update.Filter, WriteDocuments.Update(update.Update), update.IsUpsert, isMulti: true, update.Hint, update.Collation, update.ArrayFilters, null),
                ReplaceOneModel<TDocument> replace => Update(index, replace.Filter, WriteDocuments.Replacement(replace.Replacement), replace.IsUpsert, isMulti: false, replace.Hint, replace.Collation, null, replace.Sort),
                DeleteOneModel<TDocument> delete => Delete(index, delete.Filter, limit: 1, delete.Hint, delete.Collation),
                DeleteManyModel<TDocument> delete => Delete(index, delete.Filter, limit: 0, delete.Hint, delete.Collation),
                _ => throw new ArgumentException("The list of requests has an element that is null.", nameof(model)),
            };
        }

        private static WriteRequest Update(
            int index,
            FilterDefinition<TDocument> filter,
            BsonValue update,
            bool isUpsert,
            bool isMulti,
            BsonValue hint,
            Collation collation,
            IEnumerable<ArrayFilterDefinition> arrayFilters,
            SortDefinition<TDocument> sort)
        {
            var document = new BsonDocument { { "q", filter.Render(RenderArgs<TDocument>.Default) }, { "u", update } }
                .Add("sort", () => sort.Render(RenderArgs<TDocument>.Default), sort is not null)
                .Add("upsert", true, isUpsert)
                .Add("multi", true, isMulti)
                .Add("hint", hint, hint is not null)
                .Add("collation", () => collation.ToBsonDocument(), collation is not null)
                .Add("arrayFilters", () => new BsonArray(arrayFilters.Select(one => one.RenderDocument())), arrayFilters is not null);
            return new WriteRequest(index, WriteKind.Update, document, isMulti);
        }

        private static WriteRequest Delete(int index, FilterDefinition<TDocument> filter, int limit, BsonValue hint, Collation collation)
        {
            var document = new BsonDocument { { "q", filter.Render(RenderArgs<TDocument>.Default) }, { "limit", limit } }
                .Add("hint", hint, hint is not null)
                .Add("collation", () => collation.ToBsonDocument(), collation is not null);
            return new WriteRequest(index, WriteKind.Delete, document, limit == 0);
        }
    }
}

/// <summary>The commands that write.</summary>
internal enum WriteKind
{
    Insert,
    Update,
    Delete,
}
