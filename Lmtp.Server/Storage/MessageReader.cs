using System.Text;
using Lmtp.Server.Mime;
using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>Turns stored message documents into what is shown of them.</summary>
internal static class MessageReader
{
    /// <summary>The fields that <see cref="ToSummary"/> reads.</summary>
    public static IReadOnlyList<string> SummaryFields { get; } =
    [
        "mailbox", "user", "thread", "uid", "modseq", "subject", "mimeTree.parsedHeader.from", "mimeTree.parsedHeader.to",
        "msgid", "hdate", "idate", "size", "flags", "intro", "ha",
    ];

    public static MessageSummary ToSummary(BsonDocument document)
    {
        var header = ParsedHeader(document);
        return new MessageSummary
        {
            Id = document["_id"].AsObjectId,
            Mailbox = document["mailbox"].AsObjectId,
            User = document["user"].AsObjectId,
            Thread = document.IdOrNull("thread"),
            Uid = document.Number("uid"),
            Modseq = document.Number("modseq"),
            Subject = document.StringOrEmpty("subject"),
            From = Addresses(header, "from"),
            To = Addresses(header, "to"),
            MessageId = document.StringOrEmpty("msgid"),
            Date = document.TimeOrDefault("hdate"),
            Received = document.TimeOrDefault("idate"),
            Size = document.Number("size"),
            Flags = document.Strings("flags"),
            Intro = document.StringOrEmpty("intro"),
            HasAttachments = document.IsTrue("ha"),
        };
    }

    public static StoredMessage ToMessage(BsonDocument document)
    {
        var meta = document.DocumentOrNull("meta") ?? [];
        return new StoredMessage(ToSummary(document))
        {
            Text = document.StringOrEmpty("text") + document.StringOrEmpty("textFooter"),
            Html = document.Strings("html"),
            Header = HeaderLines(document),
            RawHeader = RawHeader(document),
            Attachments = Attachments(document),
            EnvelopeFrom = meta.StringOrEmpty("from"),
            EnvelopeTo = meta.Strings("to"),
            QueueId = meta.StringOrNull("queueId"),
        };
    }

    private static BsonDocument ParsedHeader(BsonDocument document) =>
        document.DocumentOrNull("mimeTree")?.DocumentOrNull("parsedHeader") ?? [];

    // The header is kept as it came; WildDuck too decodes names when it shows them.
    private static List<MessageAddress> Addresses(BsonDocument header, string name) =>
        header.GetValue(name, BsonNull.Value) is BsonArray array
            ? [.. array.OfType<BsonDocument>()
                .Select(entry => new MessageAddress(EncodedWords.Decode(entry.StringOrEmpty("name")), entry.StringOrEmpty("address")))]
            : [];

    // Each character of a stored header line stands for one byte; see section 0 of the specification.
    private static List<string> HeaderLines(BsonDocument document) =>
        [.. (document.DocumentOrNull("mimeTree")?.Strings("header") ?? [])
            .Select(line => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line)))];

    private static byte[] RawHeader(BsonDocument document) =>
        Encoding.Latin1.GetBytes(string.Concat((document.DocumentOrNull("mimeTree")?.Strings("header") ?? []).Select(static line => line + "\r\n")) + "\r\n");

    public static List<StoredAttachment> Attachments(BsonDocument document) =>
        document.GetValue("attachments", BsonNull.Value) is BsonArray array
            ? [.. array.OfType<BsonDocument>().Select(entry => new StoredAttachment(
                entry.StringOrEmpty("id"),
                entry.StringOrEmpty("filename"),
                entry.StringOrEmpty("contentType"),
                entry.Number("sizeKb"),
                entry.IsTrue("related")))]
            : [];
}
