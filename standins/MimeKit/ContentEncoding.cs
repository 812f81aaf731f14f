namespace MimeKit;

/// <summary>How the content of a part is encoded for transport (RFC 2045 section 6).</summary>
public enum ContentEncoding
{
    /// <summary>None is named.</summary>
    Default,

    /// <summary>Short lines of ASCII.</summary>
    SevenBit,

    /// <summary>Short lines of any bytes.</summary>
    EightBit,

    /// <summary>Any bytes.</summary>
    Binary,

    /// <summary>Base64.</summary>
    Base64,

    /// <summary>Quoted-printable.</summary>
    QuotedPrintable,

    /// <summary>Unix-to-Unix encoding; its content is given as it is.</summary>
    UUEncode,
}
