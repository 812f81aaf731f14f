using System.Globalization;
using MongoDB.Bson;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>The documents of ZoneMTA's queue. Specification section 7.5.</summary>
internal static class ZoneMtaDocuments
{
    public const int ChunkSize = 261_120;

    /// <summary>A piece of a body; its id follows from the file's, so that writing it again changes nothing.</summary>
    public static BsonDocument Chunk(ObjectId file, int number, byte[] bytes)
    {
        var id = System.Security.Cryptography.SHA256.HashData(
            [.. file.ToByteArray(), .. BitConverter.GetBytes(number)]);
        return new BsonDocument
        {
            { "_id", new ObjectId([.. file.ToByteArray().AsSpan(0, 4), .. id.AsSpan(0, 8)]) },
            { "files_id", file },
            { "n", number },
            { "data", new BsonBinaryData(bytes) },
        };
    }

    public static BsonDocument File(OutgoingMessage message, long length, string bodyHash, DateTimeOffset now) => new()
    {
        { "_id", message.Plan.File },
        { "length", BsonFields.ToJavaScriptNumber(length) },
        { "chunkSize", ChunkSize },
        { "uploadDate", now.UtcDateTime },
        { "filename", $"message {message.Plan.QueueId}" },
        { "contentType", "message/rfc822" },
        {
            "metadata",
            new BsonDocument { { "created", now.UtcDateTime }, { "data", Data(message, length, bodyHash, now) } }
        },
    };

    public static BsonDocument Entry(OutgoingPlan plan, int index, string zone, DateTimeOffset now)
    {
        var entry = plan.Entries[index];
        var document = new BsonDocument
        {
            { "_id", entry.Id },
            { "id", plan.QueueId },
            { "seq", (index + 1).ToString("x3", CultureInfo.InvariantCulture) },
            { "domain", DomainOf(entry.Recipient) },
            { "sendingZone", zone },
            { "assigned", "no" },
            { "recipient", entry.Recipient },
            { "locked", false },
            { "lockTime", 0 },
            { "queued", now.UtcDateTime },
            { "created", now.UtcDateTime },
        };
        document.AddRange(entry.Route);
        return document;
    }

    private static BsonDocument Data(OutgoingMessage message, long length, string bodyHash, DateTimeOffset now)
    {
        var isForward = message.Plan.Kind == OutgoingKind.Forward;
        var data = new BsonDocument
        {
            { "id", message.Plan.QueueId },
            { "from", message.From },
            { "to", new BsonArray { message.To } },
            { "interface", isForward ? "forwarder" : "autoreplies" },
            { "transtype", "API" },
            { "time", new BsonDouble(now.ToUnixTimeMilliseconds()) },
            { "dkim", new BsonDocument { { "hashAlgo", "sha256" }, { "bodyHash", bodyHash } } },
        };
        if (message.User is { } user)
        {
            data.Add("userId", user.ToString());
        }

        data.AddRange(new BsonDocument
        {
            { "parentId", message.Parent },
            { "reason", isForward ? "forward" : "autoreply" },
            { "origin", message.Origin },
            {
                "headers",
                new BsonArray(message.Headers.Select(header => new BsonDocument { { "key", header.Key }, { "line", header.Line } }))
            },
            { "parsedEnvelope", Envelope(message.Envelope) },
            { "messageId", message.MessageId },
            { "date", message.Date },
            { "bodySize", BsonFields.ToJavaScriptNumber(length) },
        });
        return data;
    }

    private static BsonDocument Envelope(QueueEnvelope envelope) => new()
    {
        { "from", OrFalse(envelope.From) },
        { "to", new BsonArray(envelope.To) },
        { "cc", new BsonArray(envelope.Cc) },
        { "bcc", new BsonArray(envelope.Bcc) },
        { "replyTo", OrFalse(envelope.ReplyTo) },
        { "sender", OrFalse(envelope.Sender) },
    };

    private static BsonValue OrFalse(string? address) => address is null ? BsonBoolean.False : new BsonString(address);

    private static string DomainOf(string address) =>
        address[(address.LastIndexOf('@') + 1)..].Replace("[", null, StringComparison.Ordinal).Replace("]", null, StringComparison.Ordinal);
}
