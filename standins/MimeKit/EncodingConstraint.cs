namespace MimeKit;

/// <summary>What the transport lets through.</summary>
public enum EncodingConstraint
{
    /// <summary>Any bytes.</summary>
    None,

    /// <summary>Short lines of any bytes.</summary>
    EightBit,

    /// <summary>Short lines of ASCII.</summary>
    SevenBit,
}
