namespace Lmtp.Server.Mime;

/// <summary>The kinds of <see cref="ImapValue"/>.</summary>
public enum ImapValueKind
{
    /// <summary>NIL.</summary>
    Nil,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Text that goes out as it is.</summary>
    Text,

    /// <summary>Decoded text, which IMAP encodes again when it is sent; stored as bytes in UTF-8.</summary>
    Decoded,

    /// <summary>A list.</summary>
    List,
}
