namespace Lmtp.Contracts;

/// <summary>A file that is being downloaded. Disposing it ends the download.</summary>
public sealed class DownloadedFile : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;

    internal DownloadedFile(HttpResponseMessage response, Stream content)
    {
        _response = response;
        Content = content;
    }

    /// <summary>The media type; never one that a browser would run.</summary>
    public string ContentType => _response.Content.Headers.ContentType?.ToString() ?? "application/octet-stream";

    /// <summary>How it is to be saved (RFC 6266), with its file name.</summary>
    public string ContentDisposition => _response.Content.Headers.ContentDisposition?.ToString() ?? "attachment";

    /// <summary>The number of bytes; null when the server does not know it before.</summary>
    public long? Length => _response.Content.Headers.ContentLength;

    /// <summary>The bytes, as they come.</summary>
    public Stream Content { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        _response.Dispose();
    }
}
