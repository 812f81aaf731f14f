using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>Some writes of several failed.</summary>
public abstract class MongoBulkWriteException : MongoServerException
{
    /// <summary>Creates one.</summary>
    protected MongoBulkWriteException(ConnectionId connectionId, IEnumerable<BulkWriteError> writeErrors, WriteConcernError writeConcernError)
        : this(connectionId, [.. writeErrors], writeConcernError)
    {
    }

    private MongoBulkWriteException(ConnectionId connectionId, List<BulkWriteError> writeErrors, WriteConcernError writeConcernError)
        : base(connectionId, Describe(writeErrors, writeConcernError))
    {
        WriteErrors = writeErrors;
        WriteConcernError = writeConcernError;
        foreach (var label in writeConcernError?.ErrorLabels ?? [])
        {
            AddErrorLabel(label);
        }
    }

    /// <summary>Why the write concern was not met, or null.</summary>
    public WriteConcernError WriteConcernError { get; }

    /// <summary>The writes that failed.</summary>
    public IReadOnlyList<BulkWriteError> WriteErrors { get; }

    private static string Describe(List<BulkWriteError> writeErrors, WriteConcernError writeConcernError)
    {
        return "A bulk write operation resulted in one or more errors."
            + (writeErrors.Count == 0 ? "" : $" WriteErrors: [ {string.Join(", ", writeErrors)} ].")
            + (writeConcernError is null ? "" : $" WriteConcernError: {writeConcernError}.");
    }
}

/// <summary>Some writes of several failed.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class MongoBulkWriteException<TDocument> : MongoBulkWriteException
{
    /// <summary>Creates one.</summary>
    public MongoBulkWriteException(
        ConnectionId connectionId,
        BulkWriteResult<TDocument> result,
        IEnumerable<BulkWriteError> writeErrors,
        WriteConcernError writeConcernError,
        IEnumerable<WriteModel<TDocument>> unprocessedRequests)
        : base(connectionId, writeErrors, writeConcernError)
    {
        Result = result;
        UnprocessedRequests = [.. unprocessedRequests];
    }

    /// <summary>What was done.</summary>
    public BulkWriteResult<TDocument> Result { get; }

    /// <summary>What was not tried.</summary>
    public IReadOnlyList<WriteModel<TDocument>> UnprocessedRequests { get; }
}
