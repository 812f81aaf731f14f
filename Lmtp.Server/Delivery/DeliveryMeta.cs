using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>The <c>meta</c> of a stored message: where it came from. Specification section 2.6.1.</summary>
internal static class DeliveryMeta
{
    /// <summary>Where the server before us had the message from; else the client.</summary>
    public static string OriginOf(MessageContext message) => ReceivedTrace.Of(message.Message).From
        ?? message.Transaction.Session.ClientAddress?.ToString()
        ?? string.Empty;

    public static BsonDocument Of(MessageContext message, RecipientContext recipient)
    {
        var session = message.Transaction.Session;
        var trace = ReceivedTrace.Of(message.Message);
        var meta = new BsonDocument
        {
            { "transactionId", message.TransactionId },
            { "source", "MX" },
            { "from", message.Sender },
            { "to", new BsonArray { recipient.Recipient.Address } },
            { "origin", OriginOf(message) },
            { "originhost", session.ClientHost },
            { "transhost", session.LhloName },
            { "transtype", trace.With ?? (session.TlsCipher is null ? "LMTP" : "LMTPS") },
        };
        if ((trace.Id ?? session.QueueId) is { } queueId)
        {
            meta.Add("queueId", queueId);
        }

        meta.Add("time", recipient.Received.UtcDateTime);
        return meta;
    }
}
