using MimeKit.Parsing;
using MimeKit.Utils;

namespace MimeKit;

/// <summary>A part of a message, or all of its body.</summary>
public abstract class MimeEntity : IDisposable
{
    private ContentDisposition? _disposition;
    private bool _isDispositionRead;
    private bool _isWritingHeader;

    /// <summary>Makes a part of that media type.</summary>
    protected MimeEntity(string mediaType, string mediaSubtype)
        : this(new ContentType(mediaType, mediaSubtype))
    {
    }

    /// <summary>Makes a part of that media type.</summary>
    protected MimeEntity(ContentType contentType)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        ContentType = contentType;
        WriteContentType();
        Watch();
    }

    private protected MimeEntity(ContentType contentType, HeaderList headers)
    {
        ContentType = contentType;
        Headers = headers;
        Watch();
    }

    /// <summary>The header fields.</summary>
    public HeaderList Headers { get; } = [];

    /// <summary>The media type.</summary>
    public ContentType ContentType { get; private set; }

    /// <summary>How the part is to be shown; null when it does not say.</summary>
    public ContentDisposition? ContentDisposition
    {
        get
        {
            if (!_isDispositionRead)
            {
                _isDispositionRead = true;
                var raw = Headers.Find(HeaderId.ContentDisposition);
                SetDisposition(raw is not null && ContentDisposition.TryParse(Charsets.Guess(raw.ReadValue.Span), out var read) ? read : null);
            }

            return _disposition;
        }

        set
        {
            _isDispositionRead = true;
            SetDisposition(value);
            WriteDisposition();
        }
    }

    /// <summary>The id of the part, without angle brackets; null when it has none.</summary>
    public string? ContentId
    {
        get => Headers[HeaderId.ContentId] is { } value ? MimeUtils.ParseMessageId(value) : null;
        set => Headers[HeaderId.ContentId] = value is null ? null : $"<{MimeUtils.ParseMessageId(value)}>";
    }

    /// <summary>Whether the part is to be saved rather than shown.</summary>
    public bool IsAttachment
    {
        get => ContentDisposition?.IsAttachment ?? false;
        set
        {
            if (ContentDisposition is { } disposition)
            {
                disposition.IsAttachment = value;
            }
            else if (value)
            {
                ContentDisposition = new ContentDisposition();
            }
        }
    }

    /// <summary>Chooses encodings that the transport lets through.</summary>
    public abstract void Prepare(EncodingConstraint constraint, int maxLineLength = 78);

    /// <summary>Writes the part.</summary>
    public void WriteTo(FormatOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        cancellationToken.ThrowIfCancellationRequested();
        stream.Write(Written(options).Span);
    }

    /// <summary>Writes the part.</summary>
    public void WriteTo(Stream stream, CancellationToken cancellationToken = default) =>
        WriteTo(FormatOptions.Default, stream, cancellationToken);

    /// <summary>Writes the part.</summary>
    public Task WriteToAsync(FormatOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.WriteAsync(Written(options), cancellationToken).AsTask();
    }

    /// <summary>Writes the part.</summary>
    public Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default) =>
        WriteToAsync(FormatOptions.Default, stream, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the content.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    internal void WriteHeaders(MimeWriter writer)
    {
        foreach (var header in Headers)
        {
            header.WriteTo(writer);
        }
    }

    internal abstract void WriteContent(MimeWriter writer);

    private protected virtual void OnHeaderChanged(HeaderId id)
    {
    }

    private ReadOnlyMemory<byte> Written(FormatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var writer = new MimeWriter(options);
        WriteHeaders(writer);
        writer.NewLine();
        WriteContent(writer);
        return writer.Written;
    }

    private void Watch()
    {
        ContentType.Changed = WriteContentType;
        Headers.Changed = ReadHeader;
    }

    private void ReadHeader(HeaderId id)
    {
        if (_isWritingHeader)
        {
            return;
        }

        if (id is HeaderId.ContentType or HeaderId.Unknown
            && Headers.Find(HeaderId.ContentType) is { } header
            && ContentType.TryParse(Charsets.Guess(header.ReadValue.Span), out var type))
        {
            ContentType.Changed = null;
            ContentType = type;
            ContentType.Changed = WriteContentType;
        }

        _isDispositionRead &= id is not (HeaderId.ContentDisposition or HeaderId.Unknown);
        OnHeaderChanged(id);
    }

    private void SetDisposition(ContentDisposition? disposition)
    {
        if (_disposition is not null)
        {
            _disposition.Changed = null;
        }

        _disposition = disposition;
        if (disposition is not null)
        {
            disposition.Changed = WriteDisposition;
        }
    }

    private void WriteContentType() => Write(HeaderId.ContentType, ContentType.MimeType, ContentType.Parameters);

    private void WriteDisposition()
    {
        if (_disposition is null)
        {
            Headers.RemoveAll(HeaderId.ContentDisposition);
        }
        else
        {
            Write(HeaderId.ContentDisposition, _disposition.Disposition, _disposition.Parameters);
        }
    }

    private void Write(HeaderId id, string value, ParameterList parameters)
    {
        _isWritingHeader = true;
        try
        {
            Headers.Replace(new Header(id, ParameterWriter.ToRawValue(HeaderNames.ToName(id), value, parameters, FormatOptions.Default)));
        }
        finally
        {
            _isWritingHeader = false;
        }
    }
}
