using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>Finds out which deliveries nobody works at any more.</summary>
internal interface IAbandonedDeliveries
{
    /// <summary>
    /// Finishes or undoes those of the deliveries whose server has let its lease run out; returns the keys of all that
    /// nobody will go on with, whatever became of them.
    /// </summary>
    Task<IReadOnlyCollection<BsonBinaryData>> RecoverAsync(
        IReadOnlyCollection<BsonBinaryData> keys, CancellationToken cancellationToken);
}
