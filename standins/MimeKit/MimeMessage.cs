using MimeKit.Encodings;
using MimeKit.Parsing;
using MimeKit.Utils;

namespace MimeKit;

/// <summary>A message: header and body.</summary>
public class MimeMessage : IDisposable
{
    private readonly Dictionary<HeaderId, InternetAddressList> _addresses = [];
    private readonly MessageIdList _references = [];
    private MimeEntity? _body;
    private bool _areReferencesRead;
    private bool _isWritingHeader;

    /// <summary>Makes a message that is dated now and has an id.</summary>
    public MimeMessage()
        : this(new HeaderList())
    {
        Headers[HeaderId.From] = string.Empty;
        Date = DateTimeOffset.Now;
        Subject = string.Empty;
        MessageId = MimeUtils.GenerateMessageId();
    }

    /// <summary>Makes a message that is dated now and has an id.</summary>
    public MimeMessage(IEnumerable<InternetAddress> from, IEnumerable<InternetAddress> to, string subject, MimeEntity body)
        : this()
    {
        From.AddRange(from);
        To.AddRange(to);
        Subject = subject;
        Body = body;
    }

    /// <summary>A message as it was read.</summary>
    internal MimeMessage(HeaderList headers, MimeEntity body)
        : this(headers) => _body = body;

    private MimeMessage(HeaderList headers)
    {
        Headers = headers;
        Headers.Changed = ReadHeader;
        _references.Changed = () => WriteTokens(HeaderId.References, _references.Count == 0 ? null : _references.ToString());
    }

    /// <summary>The header fields, those of the body left out.</summary>
    public HeaderList Headers { get; }

    /// <summary>Who wrote it.</summary>
    public InternetAddressList From => Addresses(HeaderId.From);

    /// <summary>The recipients.</summary>
    public InternetAddressList To => Addresses(HeaderId.To);

    /// <summary>The recipients of a copy.</summary>
    public InternetAddressList Cc => Addresses(HeaderId.Cc);

    /// <summary>The recipients whom the others do not see.</summary>
    public InternetAddressList Bcc => Addresses(HeaderId.Bcc);

    /// <summary>To whom answers go.</summary>
    public InternetAddressList ReplyTo => Addresses(HeaderId.ReplyTo);

    /// <summary>Who sent it; null when that is not said.</summary>
    public MailboxAddress? Sender
    {
        get => Addresses(HeaderId.Sender).Mailboxes.FirstOrDefault();
        set
        {
            var addresses = Addresses(HeaderId.Sender);
            addresses.Reset(value is null ? [] : [value]);
            WriteAddresses(HeaderId.Sender, addresses);
        }
    }

    /// <summary>What it is about.</summary>
    public string? Subject
    {
        get => Headers[HeaderId.Subject] ?? string.Empty;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Headers[HeaderId.Subject] = value;
        }
    }

    /// <summary>When it was written; the least date when that is not said.</summary>
    public DateTimeOffset Date
    {
        get => DateUtils.TryParse(Headers[HeaderId.Date], out var date) ? date : DateTimeOffset.MinValue;
        set => Headers[HeaderId.Date] = DateUtils.FormatDate(value);
    }

    /// <summary>The messages before this one in its thread.</summary>
    public MessageIdList References
    {
        get
        {
            if (!_areReferencesRead)
            {
                _areReferencesRead = true;
                _references.Reset(MimeUtils.EnumerateReferences(Headers[HeaderId.References] ?? string.Empty));
            }

            return _references;
        }
    }

    /// <summary>The id of the message that this one answers; null when there is none.</summary>
    public string? InReplyTo
    {
        get => Headers[HeaderId.InReplyTo] is { } value ? MimeUtils.ParseMessageId(value) : null;
        set => Headers[HeaderId.InReplyTo] = value is null ? null : $"<{MimeUtils.ParseMessageId(value)}>";
    }

    /// <summary>The id of the message, without angle brackets; null when it has none.</summary>
    public string? MessageId
    {
        get => Headers[HeaderId.MessageId] is { } value ? MimeUtils.ParseMessageId(value) : null;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Headers[HeaderId.MessageId] = $"<{MimeUtils.ParseMessageId(value)}>";
        }
    }

    /// <summary>The body.</summary>
    public MimeEntity? Body
    {
        get => _body;
        set
        {
            _body = value;
            if (value is { Headers.Count: > 0 } && !Headers.Contains(HeaderId.MimeVersion))
            {
                Headers.Add(HeaderId.MimeVersion, "1.0");
            }
        }
    }

    /// <summary>The plain text; null when there is none.</summary>
    public string? TextBody => Text("plain");

    /// <summary>The HTML text; null when there is none.</summary>
    public string? HtmlBody => Text("html");

    /// <summary>All parts that are no multiparts, in their order.</summary>
    public IEnumerable<MimeEntity> BodyParts
    {
        get
        {
            var open = new Stack<MimeEntity>(Body is null ? [] : [Body]);
            while (open.TryPop(out var entity))
            {
                if (entity is Multipart multipart)
                {
                    for (var i = multipart.Count - 1; i >= 0; i--)
                    {
                        open.Push(multipart[i]);
                    }
                }
                else
                {
                    yield return entity;
                }
            }
        }
    }

    /// <summary>The parts that are attachments.</summary>
    public IEnumerable<MimeEntity> Attachments => BodyParts.Where(static part => part.IsAttachment);

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">There is nothing, or it does not begin with a header field.</exception>
    public static MimeMessage Load(ParserOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        cancellationToken.ThrowIfCancellationRequested();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return MessageParser.Parse(options, copy.GetBuffer().AsMemory(0, (int)copy.Length));
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">There is nothing, or it does not begin with a header field.</exception>
    public static MimeMessage Load(Stream stream, CancellationToken cancellationToken = default) =>
        Load(ParserOptions.Default, stream, cancellationToken);

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">There is nothing, or it does not begin with a header field.</exception>
    public static async Task<MimeMessage> LoadAsync(ParserOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return MessageParser.Parse(options, copy.GetBuffer().AsMemory(0, (int)copy.Length));
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">There is nothing, or it does not begin with a header field.</exception>
    public static Task<MimeMessage> LoadAsync(Stream stream, CancellationToken cancellationToken = default) =>
        LoadAsync(ParserOptions.Default, stream, cancellationToken);

    /// <summary>Chooses encodings that the transport lets through.</summary>
    public virtual void Prepare(EncodingConstraint constraint, int maxLineLength = 78) => Body?.Prepare(constraint, maxLineLength);

    /// <summary>Writes the message.</summary>
    public void WriteTo(FormatOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        cancellationToken.ThrowIfCancellationRequested();
        stream.Write(Written(options).Span);
    }

    /// <summary>Writes the message.</summary>
    public void WriteTo(Stream stream, CancellationToken cancellationToken = default) =>
        WriteTo(FormatOptions.Default, stream, cancellationToken);

    /// <summary>Writes the message.</summary>
    public Task WriteToAsync(FormatOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.WriteAsync(Written(options), cancellationToken).AsTask();
    }

    /// <summary>Writes the message.</summary>
    public Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default) =>
        WriteToAsync(FormatOptions.Default, stream, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the body.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Body?.Dispose();
        }
    }

    internal void WriteTo(MimeWriter writer)
    {
        foreach (var header in MergedHeaders())
        {
            header.WriteTo(writer);
        }

        writer.NewLine();
        Body?.WriteContent(writer);
    }

    private ReadOnlyMemory<byte> Written(FormatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var writer = new MimeWriter(options);
        WriteTo(writer);
        return writer.Written;
    }

    /// <summary>The fields of message and body in the order in which they were read.</summary>
    private IEnumerable<Header> MergedHeaders()
    {
        var body = new Queue<Header>(Body?.Headers ?? []);
        foreach (var header in Headers)
        {
            while (header.Offset is { } offset && body.TryPeek(out var next) && next.Offset < offset)
            {
                yield return body.Dequeue();
            }

            yield return header;
        }

        foreach (var header in body)
        {
            yield return header;
        }
    }

    private string? Text(string subtype) => Body switch
    {
        Multipart multipart => multipart.FindText(subtype)?.Text,
        TextPart { IsAttachment: false } text when text.ContentType.IsMimeType("text", subtype) => text.Text,
        _ => null,
    };

    private InternetAddressList Addresses(HeaderId id)
    {
        if (!_addresses.TryGetValue(id, out var addresses))
        {
            _addresses[id] = addresses = [];
            Read(id, addresses);
            addresses.Changed = () => WriteAddresses(id, addresses);
        }

        return addresses;
    }

    private void Read(HeaderId id, InternetAddressList addresses) => addresses.Reset(Headers
        .Where(header => header.Id == id)
        .SelectMany(header => AddressReader.ReadLoose(EncodedWordReader.Unfold(Charsets.Guess(header.ReadValue.Span)))));

    private void ReadHeader(HeaderId id)
    {
        if (_isWritingHeader)
        {
            return;
        }

        foreach (var (read, addresses) in _addresses.Where(pair => id == HeaderId.Unknown || pair.Key == id))
        {
            Read(read, addresses);
        }

        _areReferencesRead &= id is not (HeaderId.References or HeaderId.Unknown);
    }

    private void WriteAddresses(HeaderId id, InternetAddressList addresses)
    {
        var folder = new HeaderFolder(HeaderNames.ToName(id), FormatOptions.Default);
        foreach (var word in AddressWriter.Words(addresses, FormatOptions.Default, encode: true))
        {
            folder.Add(word);
        }

        Write(id, addresses.Count == 0 ? null : new Header(id, folder.ToRawValue()));
    }

    private void WriteTokens(HeaderId id, string? value)
    {
        _areReferencesRead = true;
        Write(id, value is null ? null : new Header(id, value));
    }

    private void Write(HeaderId id, Header? header)
    {
        _isWritingHeader = true;
        try
        {
            if (header is null)
            {
                Headers.RemoveAll(id);
            }
            else
            {
                Headers.Replace(header);
            }
        }
        finally
        {
            _isWritingHeader = false;
        }
    }
}
