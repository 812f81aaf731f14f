using Lmtp.Server.Storage.MessageDocuments;

using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Storage.MessageDocuments;

/// <summary>The attachments of one delivery, read back.</summary>
internal sealed class MemoryAttachments(CorpusDelivery delivery) : IStoredAttachments
{
    public ValueTask<StoredAttachment?> OpenAsync(BsonBinaryData id, CancellationToken cancellationToken)
    {
        var file = delivery.Files.Find(file => file["_id"].AsByteArray.AsSpan().SequenceEqual(id.Bytes));
        return ValueTask.FromResult(file is null
            ? null
            : new StoredAttachment(file, new MemoryStream(delivery.Data[Convert.ToBase64String(id.Bytes)])));
    }
}
