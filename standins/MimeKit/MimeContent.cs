using MimeKit.Encodings;

namespace MimeKit;

/// <summary>The content of a part, in a stream.</summary>
public class MimeContent : IMimeContent
{
    /// <summary>Takes a stream, which has to be readable and seekable.</summary>
    public MimeContent(Stream stream, ContentEncoding encoding = ContentEncoding.Default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead || !stream.CanSeek)
        {
            throw new ArgumentException("The stream has to be readable and seekable.", nameof(stream));
        }

        Stream = stream;
        Encoding = encoding;
    }

    /// <inheritdoc />
    public ContentEncoding Encoding { get; }

    /// <inheritdoc />
    public Stream? Stream { get; private set; }

    /// <inheritdoc />
    public Stream Open() => new MemoryStream(Decode(), writable: false);

    /// <inheritdoc />
    public void DecodeTo(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        cancellationToken.ThrowIfCancellationRequested();
        stream.Write(Decode());
    }

    /// <inheritdoc />
    public Task DecodeToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.WriteAsync(Decode(), cancellationToken).AsTask();
    }

    /// <inheritdoc />
    public void WriteTo(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        cancellationToken.ThrowIfCancellationRequested();
        stream.Write(ReadAll());
    }

    /// <inheritdoc />
    public Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.WriteAsync(ReadAll(), cancellationToken).AsTask();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the stream.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Stream?.Dispose();
            Stream = null;
        }
    }

    internal byte[] Decode() => Encoding switch
    {
        ContentEncoding.Base64 => Base64Text.Decode(ReadAll()),
        ContentEncoding.QuotedPrintable => QuotedPrintableText.Decode(ReadAll()),
        _ => ReadAll(),
    };

    private byte[] ReadAll()
    {
        ObjectDisposedException.ThrowIf(Stream is null, this);
        Stream.Position = 0;
        var bytes = new byte[Stream.Length];
        Stream.ReadExactly(bytes);
        Stream.Position = 0;
        return bytes;
    }
}
