using System.Text;

namespace MimeKit.Parsing;

/// <summary>
/// Reads a message in one pass over its lines. The parts refer to the bytes read, so that memory stays in proportion
/// to them.
/// </summary>
internal sealed class MessageParser
{
    private const int MaxBoundaryLine = 1024;

    private readonly ParserOptions _options;
    private readonly ReadOnlyMemory<byte> _source;
    private readonly Dictionary<string, int> _boundaries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _boundaryLookup;
    private int _position;
    private int _depth;

    /// <summary>The multipart that the boundary last met belongs to; 0 when none was.</summary>
    private int _boundaryDepth;

    private bool _isEndBoundary;

    private MessageParser(ParserOptions options, ReadOnlyMemory<byte> source)
    {
        _options = options;
        _source = source;
        _boundaryLookup = _boundaries.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public static MimeMessage Parse(ParserOptions options, ReadOnlyMemory<byte> source)
    {
        if (source.IsEmpty)
        {
            throw new FormatException("End of stream.");
        }

        var parser = new MessageParser(options, source);
        return parser.ReadMessage(isOutermost: true);
    }

    private MimeMessage ReadMessage(bool isOutermost)
    {
        var all = ReadHeaders(isOutermost);
        var headers = new HeaderList();
        var content = new HeaderList();
        foreach (var header in all)
        {
            (header.Field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) ? content : headers).AddRead(header);
        }

        return new MimeMessage(headers, ReadBody(content, new ContentType("text", "plain")));
    }

    private MimeEntity ReadBody(HeaderList headers, ContentType fallback)
    {
        var header = headers.Find(HeaderId.ContentType);
        var type = header is null
            ? fallback
            : ContentType.TryParse(Charsets.Guess(header.ReadValue.Span), out var read) ? read : new ContentType("application", "octet-stream");
        if (_depth >= _options.MaxMimeDepth)
        {
            return new MimePart(type, headers, ReadContent());
        }

        if (type.IsMimeType("multipart", "*"))
        {
            return ReadMultipart(type, headers);
        }

        if (type.IsMimeType("message", "rfc822") || type.IsMimeType("message", "news") || type.IsMimeType("message", "global"))
        {
            return ReadMessagePart(type, headers);
        }

        return type.IsMimeType("text", "*")
            ? new TextPart(type, headers, ReadContent())
            : new MimePart(type, headers, ReadContent());
    }

    private MessagePart ReadMessagePart(ContentType type, HeaderList headers)
    {
        var part = new MessagePart(type, headers);
        _depth++;
        part.Message = ReadMessage(isOutermost: false);
        _depth--;
        return part;
    }

    private Multipart ReadMultipart(ContentType type, HeaderList headers)
    {
        var multipart = type.IsMimeType("multipart", "alternative") ? new MultipartAlternative(type, headers) : new Multipart(type, headers);
        multipart.IsClosed = false;
        var depth = ++_depth;
        var boundary = type.Boundary;
        var outer = 0;
        if (!string.IsNullOrEmpty(boundary))
        {
            _boundaries.TryGetValue(boundary, out outer);
            _boundaries[boundary] = depth;
        }

        multipart.Preamble = Charsets.Guess(ReadPreamble().Span);
        while (_boundaryDepth == depth && !_isEndBoundary)
        {
            _boundaryDepth = 0;
            var partHeaders = new HeaderList();
            ReadHeaders(isOutermost: false).ForEach(partHeaders.AddRead);
            multipart.Add(ReadBody(partHeaders, PartDefault(type)));
        }

        if (!string.IsNullOrEmpty(boundary))
        {
            Close(boundary, outer);
        }

        _depth--;
        if (_boundaryDepth == depth)
        {
            _boundaryDepth = 0;
            multipart.IsClosed = true;
            multipart.Epilogue = ReadContent() is { IsEmpty: false } epilogue ? Charsets.Guess(epilogue.Span) : null;
        }

        return multipart;
    }

    private static ContentType PartDefault(ContentType parent) =>
        parent.IsMimeType("multipart", "digest") ? new ContentType("message", "rfc822") : new ContentType("text", "plain");

    private void Close(string boundary, int outer)
    {
        if (outer > 0)
        {
            _boundaries[boundary] = outer;
        }
        else
        {
            _boundaries.Remove(boundary);
        }
    }

    /// <summary>What comes before the next boundary, without the line end that belongs to the boundary.</summary>
    private ReadOnlyMemory<byte> ReadContent()
    {
        var start = _position;
        while (_boundaryDepth == 0 && _position < _source.Length)
        {
            var lineStart = _position;
            var line = ReadLine();
            if (IsBoundary(line))
            {
                return _source[start..WithoutLineEnd(start, lineStart)];
            }
        }

        return _source[start.._position];
    }

    /// <summary>What comes before the first boundary, its last line end included.</summary>
    private ReadOnlyMemory<byte> ReadPreamble()
    {
        var start = _position;
        var end = start + ReadContent().Length;
        while (_boundaryDepth > 0 && end < _position && _source.Span[end] is (byte)'\r' or (byte)'\n')
        {
            end++;
        }

        return _source[start..end];
    }

    private int WithoutLineEnd(int start, int end)
    {
        var content = _source.Span[start..end];
        return end - (content.EndsWith("\r\n"u8) ? 2 : content.EndsWith("\n"u8) ? 1 : 0);
    }

    private List<Header> ReadHeaders(bool isOutermost)
    {
        var headers = new List<Header>();
        while (_boundaryDepth == 0 && _position < _source.Length)
        {
            var start = _position;
            var line = ReadLine();
            if (line.TrimEnd("\r\n"u8).IsEmpty || IsBoundary(line))
            {
                return headers;
            }

            if (isOutermost && start == 0 && line.StartsWith("From "u8))
            {
                continue;
            }

            while (_position < _source.Length && _source.Span[_position] is (byte)' ' or (byte)'\t')
            {
                ReadLine();
            }

            var header = ToHeader(start);
            if (isOutermost && headers.Count == 0 && header.IsInvalid)
            {
                throw new FormatException("Failed to parse message headers.");
            }

            headers.Add(header);
        }

        return headers;
    }

    private Header ToHeader(int start)
    {
        var raw = _source[start.._position];
        var colon = raw.Span.IndexOf((byte)':');
        var rawField = colon < 0 ? raw : raw[..colon];
        var field = Encoding.Latin1.GetString(rawField.Span);
        return colon < 0 || !HeaderNames.IsValid(field.TrimEnd(' ', '\t'))
            ? new Header(Encoding.Latin1.GetString(raw.Span), raw, default, start, isInvalid: true)
            : new Header(field.TrimEnd(' ', '\t'), rawField, raw[(colon + 1)..], start, isInvalid: false);
    }

    private ReadOnlySpan<byte> ReadLine()
    {
        var rest = _source.Span[_position..];
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..(end + 1)];
        _position += line.Length;
        return line;
    }

    private bool IsBoundary(ReadOnlySpan<byte> line)
    {
        if (_boundaries.Count == 0 || line.Length > MaxBoundaryLine || !line.StartsWith("--"u8))
        {
            return false;
        }

        Span<char> text = stackalloc char[MaxBoundaryLine];
        var name = line[2..].TrimEnd(" \t\r\n"u8);
        Encoding.Latin1.GetChars(name, text);
        ReadOnlySpan<char> boundary = text[..name.Length];
        if (_boundaryLookup.TryGetValue(boundary, out _boundaryDepth))
        {
            _isEndBoundary = false;
            return true;
        }

        _isEndBoundary = boundary.EndsWith("--") && _boundaryLookup.TryGetValue(boundary[..^2], out _boundaryDepth);
        return _isEndBoundary;
    }
}
