namespace MimeKit;

/// <summary>The content of a part.</summary>
public interface IMimeContent : IDisposable
{
    /// <summary>How the content is encoded.</summary>
    ContentEncoding Encoding { get; }

    /// <summary>The content as it is encoded.</summary>
    Stream? Stream { get; }

    /// <summary>The decoded content.</summary>
    Stream Open();

    /// <summary>Writes the decoded content.</summary>
    void DecodeTo(Stream stream, CancellationToken cancellationToken = default);

    /// <summary>Writes the decoded content.</summary>
    Task DecodeToAsync(Stream stream, CancellationToken cancellationToken = default);

    /// <summary>Writes the content as it is encoded.</summary>
    void WriteTo(Stream stream, CancellationToken cancellationToken = default);

    /// <summary>Writes the content as it is encoded.</summary>
    Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default);
}
