using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.MongoWriteException: a single write failed.</summary>
public class MongoWriteException : MongoServerException
{
    internal MongoWriteException(ConnectionId connectionId, WriteError writeError, WriteConcernError writeConcernError, Exception innerException)
        : base(connectionId, Describe(writeError, writeConcernError), innerException)
    {
        WriteError = writeError;
        WriteConcernError = writeConcernError;
    }

    public WriteConcernError WriteConcernError { get; }

    public WriteError WriteError { get; }

    private static string Describe(WriteError writeError, WriteConcernError writeConcernError) => writeError is null
        ? $"A write operation resulted in an error. WriteConcernError: {writeConcernError.Message}"
        : $"A write operation resulted in an error. WriteError: {{ Category : \"{writeError.Category}\", Code : {writeError.Code}, Message : \"{writeError.Message}\" }}.";
}

/// <summary>Mirrors MongoDB.Driver.MongoBulkWriteException: some writes of a batch failed.</summary>
public abstract class MongoBulkWriteException : MongoServerException
{
    private protected MongoBulkWriteException(ConnectionId connectionId, IReadOnlyList<BulkWriteError> writeErrors, WriteConcernError writeConcernError)
        : base(connectionId, Describe(writeErrors, writeConcernError))
    {
        WriteErrors = writeErrors;
        WriteConcernError = writeConcernError;
    }

    public WriteConcernError WriteConcernError { get; }

    public IReadOnlyList<BulkWriteError> WriteErrors { get; }

    private static string Describe(IReadOnlyList<BulkWriteError> writeErrors, WriteConcernError writeConcernError) => writeErrors.Count > 0
        ? $"A bulk write operation resulted in one or more errors. WriteErrors: [ {writeErrors[0].Code}: {writeErrors[0].Message} ]."
        : $"A bulk write operation resulted in one or more errors. WriteConcernError: {writeConcernError?.Message}";
}

/// <summary>Mirrors MongoDB.Driver.MongoBulkWriteException&lt;TDocument&gt;.</summary>
public sealed class MongoBulkWriteException<TDocument> : MongoBulkWriteException
{
    internal MongoBulkWriteException(
        ConnectionId connectionId,
        BulkWriteResult<TDocument> result,
        IReadOnlyList<BulkWriteError> writeErrors,
        WriteConcernError writeConcernError)
        : base(connectionId, writeErrors, writeConcernError) => Result = result;

    public BulkWriteResult<TDocument> Result { get; }
}
