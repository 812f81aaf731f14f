using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>What a failed call says about the change that it was to make.</summary>
internal static class DatabaseFailure
{
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
