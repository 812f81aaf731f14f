using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>A single write failed.</summary>
public class MongoWriteException : MongoServerException
{
    /// <summary>Creates one.</summary>
    public MongoWriteException(ConnectionId connectionId, WriteError writeError, WriteConcernError writeConcernError, Exception innerException)
        : base(connectionId, Describe(writeError, writeConcernError), innerException)
    {
        WriteError = writeError;
        WriteConcernError = writeConcernError;
        foreach (var label in writeConcernError?.ErrorLabels ?? [])
        {
            AddErrorLabel(label);
        }
    }

    /// <summary>Why the write concern was not met, or null.</summary>
    public WriteConcernError WriteConcernError { get; }

    /// <summary>Why nothing was written, or null.</summary>
    public WriteError WriteError { get; }

    internal static MongoWriteException FromBulkWriteException(MongoBulkWriteException exception)
    {
        var writeError = exception.WriteErrors.Count == 0 ? null : exception.WriteErrors[0];
        return new MongoWriteException(exception.ConnectionId, writeError, exception.WriteConcernError, exception);
    }

    private static string Describe(WriteError writeError, WriteConcernError writeConcernError)
    {
        return "A write operation resulted in an error."
            + (writeError is null ? "" : $" WriteError: {writeError}.")
            + (writeConcernError is null ? "" : $" WriteConcernError: {writeConcernError}.");
    }
}
