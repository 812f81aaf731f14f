namespace Lmtp.Server.Mime;

/// <summary>One body that goes to attachment storage.</summary>
public sealed record MessageAttachment
{
    /// <summary>Its number in the message: ATT00001 …</summary>
    public required string Id { get; init; }

    /// <summary>The decoded file name, or one that was made up.</summary>
    public required string FileName { get; init; }

    /// <summary>The media type in lower case.</summary>
    public required string ContentType { get; init; }

    /// <summary>The disposition in lower case; null when there is none.</summary>
    public string? Disposition { get; init; }

    /// <summary>The transfer encoding in lower case; 7bit when there is none.</summary>
    public required string TransferEncoding { get; init; }

    /// <summary>Content-ID in angle brackets, or null.</summary>
    public string? ContentId { get; init; }

    /// <summary>Whether it stands below a multipart/related.</summary>
    public bool IsRelated { get; init; }

    /// <summary>Whether it appears in the message's list; large inline text does not.</summary>
    public bool IsListed { get; init; }

    /// <summary>The approximate decoded size in units of 1,024 bytes, rounded up.</summary>
    public int SizeKb { get; init; }

    /// <summary>Encoded size in bytes, with CRLF line ends.</summary>
    public int Size { get; init; }

    /// <summary>Line breaks in the encoded body.</summary>
    public int LineCount { get; init; }

    /// <summary>SHA-256 of the encoded body: the <c>_id</c> of the stored file.</summary>
    public required ReadOnlyMemory<byte> Sha256 { get; init; }

    /// <summary>
    /// The line length with which the body is encoded again when it is read, if it is stored decoded; else null.
    /// </summary>
    public int? DecodedLineLength { get; init; }

    /// <summary>Where the encoded body lies in the received bytes.</summary>
    public required BodyExtent Body { get; init; }

    /// <summary>Whether a base64 body was watched, and decoding it and encoding it again gives the same bytes.</summary>
    internal bool IsCanonical { get; init; }
}
