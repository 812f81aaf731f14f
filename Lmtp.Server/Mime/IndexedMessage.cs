namespace Lmtp.Server.Mime;

/// <summary>
/// Everything about a received message that is the same for all its recipients. When <see cref="Fault"/> is set, the
/// tree is incomplete and nothing else is filled in.
/// </summary>
public sealed class IndexedMessage
{
    internal IndexedMessage(MimeNode root, IMessageSource source, byte[] sha256, MessageFault fault)
    {
        Root = root;
        Source = source;
        Sha256 = sha256;
        Fault = fault;
    }

    /// <summary>Whether the message can be stored at all.</summary>
    public MessageFault Fault { get; internal set; }

    /// <summary>The bytes as received. Needed while attachments are stored; owned by whoever made it.</summary>
    public IMessageSource Source { get; }

    /// <summary>SHA-256 of the bytes as received.</summary>
    public ReadOnlyMemory<byte> Sha256 { get; }

    /// <summary>The top node of the MIME tree.</summary>
    public MimeNode Root { get; }

    /// <summary>The ENVELOPE, ten values.</summary>
    public ImapValue Envelope { get; internal set; }

    /// <summary>The BODYSTRUCTURE with extension data.</summary>
    public ImapValue BodyStructure { get; internal set; }

    /// <summary>Message-ID as found, with its brackets; null when there is none.</summary>
    public string? MessageId { get; internal set; }

    /// <summary>
    /// The Date header in milliseconds since 1970-01-01 UTC; null when it is missing or makes no sense. It may lie
    /// outside the range of <see cref="DateTime"/>.
    /// </summary>
    public long? HeaderDate { get; internal set; }

    /// <summary>The subject, decoded, white space collapsed, prefixes kept.</summary>
    public string Subject { get; internal set; } = "";

    /// <summary>The subject without reply prefixes and list tags, by which threads are found.</summary>
    public string ThreadSubject { get; internal set; } = "";

    /// <summary>What identifies the thread: base64 SHA-1 digests of the message ids, at most ten.</summary>
    public IReadOnlyList<string> ThreadIds { get; internal set; } = [];

    /// <summary>The whole plain text; empty when there is none.</summary>
    public string PlainText { get; internal set; } = "";

    /// <summary>The first part of the plain text, at most 1,024 UTF-16 units; null when there is none.</summary>
    public string? Text { get; internal set; }

    /// <summary>The rest of the plain text, at most 101,376 UTF-16 units; null when there is none.</summary>
    public string? TextFooter { get; internal set; }

    /// <summary>The HTML parts, at most about 640 KiB together. Untrusted.</summary>
    public IReadOnlyList<string> Html { get; internal set; } = [];

    /// <summary>The preview, at most 128 UTF-16 units and an ellipsis; null when there is neither text nor HTML.</summary>
    public string? Intro { get; internal set; }

    /// <summary>The bodies that go to attachment storage, in tree order, listed or not.</summary>
    public IReadOnlyList<MessageAttachment> Attachments { get; internal set; } = [];
}
