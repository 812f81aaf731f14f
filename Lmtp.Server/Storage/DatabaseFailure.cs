using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>What a failed call says about the change that it was to make, and about the database.</summary>
internal static class DatabaseFailure
{
    /// <summary>
    /// Whether the database is away for a while: it cannot be reached, stops or starts, or has no primary just now. The same
    /// call can succeed a little later.
    /// </summary>
    public static bool IsPassing(Exception exception) => exception is TimeoutException
        or MongoConnectionException or MongoConnectionPoolPausedException
        or MongoNotPrimaryException or MongoNodeIsRecoveringException;

    /// <summary>
    /// Whether the change may have been made, or may still be made later, although the call failed: the connection broke,
    /// the wait for the answer was given up, or a majority has not acknowledged it. False where the database has refused
    /// the change, and for failures of our own before it was sent.
    /// </summary>
    public static bool MayHaveBeenDone(Exception exception) => exception switch
    {
        MongoWriteException { WriteConcernError: null } => false,
        MongoBulkWriteException { WriteConcernError: null } => false,
        MongoWriteConcernException or MongoNotPrimaryException or MongoNodeIsRecoveringException => true,
        MongoCommandException => false,
        MongoException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };
}
