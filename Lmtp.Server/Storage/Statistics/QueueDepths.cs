using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Statistics;

/// <summary>Counts what waits in the database.</summary>
internal sealed class QueueDepths(MailDatabase database)
{
    private static readonly FilterDefinition<BsonDocument> Open = Builders<BsonDocument>.Filter.Eq("state", "open");

    /// <summary>Copies of messages that wait to be sent, one for each of their recipients.</summary>
    public Task<long> CountOutgoingAsync(CancellationToken cancellationToken) =>
        database.QueueEntries.EstimatedDocumentCountAsync(cancellationToken: cancellationToken);

    /// <summary>Deliveries that some server has begun and none has ended.</summary>
    public Task<long> CountPlansAsync(CancellationToken cancellationToken) =>
        database.Own.GetCollection<BsonDocument>(ClaimStore.CollectionName).CountDocumentsAsync(Open, cancellationToken: cancellationToken);
}
