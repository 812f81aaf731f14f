using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Topology;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver;

/// <summary>Runs write models as insert, update and delete commands, in batches that the server takes.</summary>
internal sealed class BulkWriter<TDocument>(CollectionNamespace name, WriteConcern writeConcern, CommandExecutor executor, BulkWriteOptions options)
{
    private const int MaximumBatch = 100_000;
    private const int MaximumBytes = 47_000_000;

    private readonly List<BulkWriteError> _errors = [];
    private readonly List<BulkWriteUpsert> _upserts = [];
    private WriteConcernError _writeConcernError;
    private ConnectionId _connection;

    public async Task<BulkWriteResult<TDocument>> RunAsync(IReadOnlyList<WriteModel<TDocument>> models, CancellationToken cancellationToken)
    {
        var result = new BulkWriteResult<TDocument>(models.Count) { Upserts = _upserts };
        foreach (var batch in Batches(models))
        {
            var sequence = new DocumentSequence(SequenceName(batch.Command), batch.Documents);
            var reply = await executor.WriteAsync(name.DatabaseNamespace.DatabaseName, Command(batch.Command), sequence, cancellationToken).ConfigureAwait(false);
            _connection = reply.Connection;
            Add(result, reply.Document, batch);
            if (options.IsOrdered && _errors.Count > 0)
            {
                break;
            }
        }

        return _errors.Count == 0 && _writeConcernError is null
            ? result
            : throw new MongoBulkWriteException<TDocument>(_connection, result, _errors, _writeConcernError);
    }

    private static string SequenceName(string command) => command switch
    {
        "insert" => "documents",
        "update" => "updates",
        _ => "deletes",
    };

    private BsonDocument Command(string command)
    {
        var document = new BsonDocument { { command, name.CollectionName }, { "ordered", options.IsOrdered } };
        document.Add("writeConcern", () => writeConcern.ToBsonDocument(), writeConcern is { IsServerDefault: false });
        document.Add("comment", options.Comment, options.Comment is not null);
        return document;
    }

    /// <summary>Neighbouring models of one kind go together; unordered ones wherever they stand.</summary>
    private IEnumerable<Batch> Batches(IReadOnlyList<WriteModel<TDocument>> models)
    {
        var indexed = models.Select((model, index) => (Model: model, Index: index));
        var sequence = options.IsOrdered ? indexed : indexed.OrderBy(item => item.Model.CommandName, StringComparer.Ordinal);
        Batch current = null;
        foreach (var (model, index) in sequence)
        {
            var encoded = model.Encode();
            if (current is null || current.Command != model.CommandName || current.Documents.Count == MaximumBatch || current.Bytes + encoded.Length > MaximumBytes)
            {
                if (current is not null)
                {
                    yield return current;
                }

                current = new Batch(model.CommandName);
            }

            current.Add(encoded, index);
        }

        yield return current;
    }

    private void Add(BulkWriteResult<TDocument> result, BsonDocument reply, Batch batch)
    {
        var count = reply.GetValue("n", 0).ToInt64();
        foreach (var upsert in reply.GetValue("upserted", new BsonArray()).AsBsonArray)
        {
            _upserts.Add(new BulkWriteUpsert(batch.Indexes[upsert["index"].ToInt32()], upsert["_id"]));
            count--;
        }

        switch (batch.Command)
        {
            case "insert":
                result.InsertedCount += count;
                break;
            case "update":
                result.MatchedCount += count;
                result.ModifiedCount += reply.GetValue("nModified", 0).ToInt64();
                break;
            default:
                result.DeletedCount += count;
                break;
        }

        foreach (var error in reply.GetValue("writeErrors", new BsonArray()).AsBsonArray.Select(error => error.AsBsonDocument))
        {
            _errors.Add(new BulkWriteError(error, batch.Indexes[error["index"].ToInt32()]));
        }

        if (reply.TryGetValue("writeConcernError", out var durability))
        {
            _writeConcernError = new WriteConcernError(durability.AsBsonDocument);
        }
    }

    private sealed class Batch(string command)
    {
        public string Command { get; } = command;

        public List<byte[]> Documents { get; } = [];

        public List<int> Indexes { get; } = [];

        public int Bytes { get; private set; }

        public void Add(byte[] document, int index)
        {
            Documents.Add(document);
            Indexes.Add(index);
            Bytes += document.Length;
        }
    }
}
