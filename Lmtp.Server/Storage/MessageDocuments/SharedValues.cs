using Lmtp.Server.Mime;

using MongoDB.Bson;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>
/// What stands in the documents of all recipients of one message: the same values, which nobody may change. Only the
/// header of the top node differs between recipients.
/// </summary>
internal sealed class SharedValues
{
    private SharedValues(IndexedMessage message)
    {
        Children = MimeTreeDocument.Children(message.Root);
        Message = message.Root.Message is { } inner ? MimeTreeDocument.Node(inner) : null;
        Body = MimeTreeDocument.Body(message.Root);
        Envelope = MimeTreeDocument.Imap(message.Envelope);
        BodyStructure = MimeTreeDocument.Imap(message.BodyStructure);
        AttachmentMap = MimeTreeDocument.Attachments(message);
        Html = message.Html.Count == 0 ? null : new BsonArray(message.Html.Select(BsonText.String));
        Text = message.Text is { } text ? BsonText.String(text) : null;
        TextFooter = message.TextFooter is { } footer ? BsonText.String(footer) : null;
    }

    /// <summary>The parts of the top node; null when it has none.</summary>
    public BsonArray? Children { get; }

    /// <summary>The message that the top node holds, or null.</summary>
    public BsonDocument? Message { get; }

    /// <summary>The body of the top node; false when it is stored apart.</summary>
    public BsonValue Body { get; }

    /// <summary>The ENVELOPE.</summary>
    public BsonValue Envelope { get; }

    /// <summary>The BODYSTRUCTURE.</summary>
    public BsonValue BodyStructure { get; }

    /// <summary>Files of attachment storage by attachment number.</summary>
    public BsonDocument AttachmentMap { get; }

    /// <summary>The HTML parts; null when there are none.</summary>
    public BsonArray? Html { get; }

    /// <summary>The beginning of the text, or null.</summary>
    public BsonValue? Text { get; }

    /// <summary>The rest of the text, or null.</summary>
    public BsonValue? TextFooter { get; }

    /// <summary>The values of a message, made when they are first asked for.</summary>
    public static SharedValues Of(IndexedMessage message) => message.Derived(static message => new SharedValues(message));
}
