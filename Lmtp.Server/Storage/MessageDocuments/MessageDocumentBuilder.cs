using Lmtp.Server.Mime;

using MongoDB.Bson;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>Makes the documents of the <c>messages</c> collection in WildDuck's layout.</summary>
/// <param name="newMessageId">
/// Makes the unique part of a Message-ID for messages that have none; random when null.
/// </param>
public sealed class MessageDocumentBuilder(Func<Guid>? newMessageId = null)
{
    private const string SchemaVersion = "1.0";

    private readonly Func<Guid> _newMessageId = newMessageId ?? Guid.NewGuid;

    /// <summary>Makes the whole document, ready to be inserted.</summary>
    public BsonDocument Build(MessageFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var message = fields.Copy.Message;
        var shared = SharedValues.Of(message);
        var document = new BsonDocument
        {
            { "_id", fields.Id },
            { "root", fields.Id },
            { "v", SchemaVersion },
            { "userDeleted", false },
            { "idate", new BsonDateTime(fields.InternalDate) },
            { "hdate", message.HeaderDate is { } date ? new BsonDateTime(date) : new BsonDateTime(fields.InternalDate) },
            { "flags", new BsonArray(fields.Flags) },
            { "size", BsonText.Number(fields.Copy.Size) },
            { "meta", fields.Meta },
            { "filters", fields.Filters },
            { "headers", new BsonArray(fields.Copy.IndexedHeaders.Select(Header)) },
            { "mimeTree", MimeTreeDocument.Create(fields.Copy) },
            { "envelope", shared.Envelope },
            { "bodystructure", shared.BodyStructure },
            { "msgid", BsonText.String(message.MessageId ?? $"<{_newMessageId()}@wildduck.email>") },
            { "unseen", !fields.Flags.Contains("\\Seen") },
            { "flagged", fields.Flags.Contains("\\Flagged") },
            { "undeleted", !fields.Flags.Contains("\\Deleted") },
            { "draft", fields.Flags.Contains("\\Draft") },
            { "magic", fields.Magic },
            { "subject", BsonText.String(message.Subject) },
            { "copied", false },
        };
        AddRetention(document, fields);
        AddOptional(document, "verificationResults", fields.VerificationResults);
        AddOptional(document, "outbound", fields.Outbound is { Count: > 0 } outbound ? new BsonArray(outbound) : null);
        AddOptional(document, "forwardTargets", fields.ForwardTargets);
        AddContent(document, fields);
        AddPlace(document, fields);
        AddOptional(document, "lmtp", fields.Lmtp);
        return document;
    }

    private static BsonDocument Header(IndexedHeader header) => new()
    {
        { "key", header.Key },
        { "value", BsonText.String(header.Value) },
    };

    private static void AddRetention(BsonDocument document, MessageFields fields)
    {
        // The timestamp of an ObjectId has whole seconds.
        var addedAt = new DateTimeOffset(fields.Id.CreationTime, TimeSpan.Zero).ToUnixTimeMilliseconds();
        document.Add("retentionTime", BsonText.Number(addedAt));
        document.Add("retention", BsonText.Number(fields.Retention));
        document.Add("exp", fields.Retention > 0);
        if (fields.Retention > 0)
        {
            document.Add("rdate", BsonText.Number(addedAt + fields.Retention));
        }
    }

    private static void AddContent(BsonDocument document, MessageFields fields)
    {
        var message = fields.Copy.Message;
        var listed = message.Attachments.Where(static attachment => attachment.IsListed).ToList();
        if (listed.Count > 0)
        {
            document.Add("attachments", new BsonArray(listed.Select(attachment => Attachment(attachment, fields))));
        }

        document.Add("ha", listed.Exists(static attachment => !attachment.IsRelated));
        var shared = SharedValues.Of(message);
        AddOptional(document, "text", shared.Text);
        AddOptional(document, "textFooter", shared.TextFooter);
        AddOptional(document, "intro", message.Intro);
        AddOptional(document, "html", shared.Html);
    }

    private static void AddPlace(BsonDocument document, MessageFields fields)
    {
        document.Add("mailbox", fields.Mailbox);
        document.Add("user", fields.User);
        document.Add("uid", BsonText.Number(fields.Uid));
        document.Add("modseq", BsonText.Number(fields.ModSeq));
        if (!fields.Flags.Contains("\\Deleted"))
        {
            document.Add("searchable", true);
        }

        if (fields.IsJunk)
        {
            document.Add("junk", true);
        }

        document.Add("thread", fields.Thread);
    }

    private static BsonDocument Attachment(MessageAttachment attachment, MessageFields fields)
    {
        var document = new BsonDocument
        {
            { "id", attachment.Id },
            { "filename", BsonText.String(attachment.FileName) },
            { "contentType", BsonText.String(attachment.ContentType) },
            { "disposition", attachment.Disposition is null ? BsonBoolean.False : BsonText.String(attachment.Disposition) },
            { "transferEncoding", BsonText.String(attachment.TransferEncoding) },
            { "cid", attachment.ContentId is null ? BsonNull.Value : BsonText.String(attachment.ContentId) },
            { "related", attachment.IsRelated },
            { "sizeKb", attachment.SizeKb },
            { "size", attachment.Size },
        };
        if (fields.ContentHashes.TryGetValue(attachment.Id, out var hash))
        {
            document.Add("fileContentHash", hash);
        }

        return document;
    }

    private static void AddOptional(BsonDocument document, string name, string? text)
    {
        if (text is not null)
        {
            document.Add(name, BsonText.String(text));
        }
    }

    private static void AddOptional(BsonDocument document, string name, BsonValue? value)
    {
        if (value is not null)
        {
            document.Add(name, value);
        }
    }
}
