namespace Lmtp.Contracts;

/// <summary>An attachment of a message.</summary>
public sealed record AttachmentResponse
{
    /// <summary>Its name within the message, such as <c>ATT00001</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The file name, decoded.</summary>
    public required string FileName { get; init; }

    /// <summary>The media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>About how large it is, in units of 1024 bytes.</summary>
    public long SizeInKilobytes { get; init; }

    /// <summary>Whether it belongs to the text, as an inline image does.</summary>
    public bool Related { get; init; }
}
