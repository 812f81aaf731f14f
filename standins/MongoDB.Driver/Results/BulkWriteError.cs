using MongoDB.Bson;

namespace MongoDB.Driver;

/// <summary>Why one write of several failed.</summary>
public class BulkWriteError : WriteError
{
    internal BulkWriteError(int index, int code, string message, BsonDocument details)
        : base(code, message, details)
    {
        Index = index;
    }

    /// <summary>The position of the write in the list of requests.</summary>
    public int Index { get; }
}
