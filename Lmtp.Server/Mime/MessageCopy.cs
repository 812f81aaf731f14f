using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>
/// The copy of a message that one recipient gets: the message with the header lines that its delivery adds.
/// </summary>
public sealed class MessageCopy
{
    private readonly List<HeaderField> _header;

    private MessageCopy(
        IndexedMessage message, List<HeaderField> header, ParsedHeader parsedHeader, IReadOnlyList<IndexedHeader> indexedHeaders)
    {
        Message = message;
        _header = header;
        ParsedHeader = parsedHeader;
        IndexedHeaders = indexedHeaders;
        Size = MessageSize.Compute(message.Root, header);
    }

    /// <summary>What is the same for all recipients.</summary>
    public IndexedMessage Message { get; }

    /// <summary>The header fields of the top node, the added ones included.</summary>
    public IReadOnlyList<HeaderField> Header => _header;

    /// <summary>The header of the top node by name, the added ones included.</summary>
    public ParsedHeader ParsedHeader { get; }

    /// <summary>The headers that are searched and filtered by.</summary>
    public IReadOnlyList<IndexedHeader> IndexedHeaders { get; }

    /// <summary>RFC822.SIZE in bytes, which also counts against the quota.</summary>
    public long Size { get; }

    /// <summary>Adds Delivered-To and Return-Path in front of the header.</summary>
    /// <param name="message">The message.</param>
    /// <param name="recipient">The normalised recipient, with its dots and tag.</param>
    /// <param name="reversePath">The normalised envelope sender; empty for the null sender.</param>
    /// <param name="isFirst">
    /// Whether this is the first recipient of the transaction. For the others WildDuck drops all such lines that the
    /// message brought along at its very top.
    /// </param>
    public static MessageCopy Create(IndexedMessage message, string recipient, string reversePath, bool isFirst)
    {
        ArgumentNullException.ThrowIfNull(message);
        var own = message.Root.Header;
        var skipped = 0;
        var skippedIndexed = 0;
        while (!isFirst && skipped < own.Count && IsTraceField(own[skipped]))
        {
            skippedIndexed += HeaderIndex.IsIndexed(own[skipped]) ? 1 : 0;
            skipped++;
        }

        var header = new List<HeaderField>(own.Count + 5)
        {
            FromText("Delivered-To: " + recipient),
            FromText($"Return-Path: <{reversePath}>"),
        };
        header.AddRange(own.Skip(skipped));

        // Of what is indexed, only the added line is this copy's own.
        IndexedHeader[] indexedHeaders = [.. Index(header.GetRange(0, 1)), .. message.IndexedHeaders.Skip(skippedIndexed)];
        var parsedHeader = message.Root.ParsedHeader.With(("return-path", $"<{reversePath}>"), ("delivered-to", $"<{recipient}>"));
        return new MessageCopy(message, header, parsedHeader, indexedHeaders);
    }

    /// <summary>Adds header fields at the end; fields of the same names that were there go.</summary>
    /// <param name="fields">Names and values; line breaks in a value become spaces.</param>
    public MessageCopy WithFields(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var header = new List<HeaderField>(_header);
        var isIndexed = false;
        foreach (var (name, value) in fields)
        {
            var key = name.ToLowerInvariant();
            isIndexed |= HeaderIndex.IsIndexed(key);
            header.RemoveAll(field => field.HasName(key));
            header.Add(FromText($"{name}: {OnOneLine(value)}"));
        }

        return new MessageCopy(
            Message, header, ParsedHeader.Parse(Folded(header)), isIndexed ? Index(header) : IndexedHeaders);
    }

    private static IReadOnlyList<IndexedHeader> Index(List<HeaderField> header)
    {
        using var texts = new TextBuffer();
        using var headers = new IndexedHeaderList(texts);
        HeaderIndex.Write(header, headers);
        return [.. headers];
    }

    private static string OnOneLine(string value)
    {
        if (value.AsSpan().IndexOfAny('\r', '\n') < 0)
        {
            return value;
        }

        var line = new StringBuilder(value.Length);
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] is not ('\r' or '\n'))
            {
                line.Append(value[index]);
                continue;
            }

            while (index + 1 < value.Length && value[index + 1] is '\r' or '\n')
            {
                index++;
            }

            while (index + 1 < value.Length && value[index + 1] is ' ' or '\t')
            {
                index++;
            }

            line.Append(' ');
        }

        return line.ToString();
    }

    /// <summary>A first line with white space in front was a field of its own, but behind another line it is a fold.</summary>
    private static List<HeaderField> Folded(List<HeaderField> header)
    {
        if (!header.Skip(1).Any(static field => Whitespace.Is(field.Bytes[0])))
        {
            return header;
        }

        var folded = new List<HeaderField>(header.Count);
        foreach (var field in header)
        {
            if (folded.Count > 0 && Whitespace.Is(field.Bytes[0]))
            {
                folded[^1] = HeaderField.FromBinaryText($"{folded[^1].BinaryText}\r\n{field.BinaryText}");
            }
            else
            {
                folded.Add(field);
            }
        }

        return folded;
    }

    private static bool IsTraceField(HeaderField field)
    {
        // White space before the name makes it another line to WildDuck's pattern.
        var bytes = field.Bytes;
        return bytes.IndexOf((byte)':') > 0
            && !Whitespace.Is(bytes[0])
            && (field.HasName("delivered-to"u8) || field.HasName("return-path"u8));
    }

    private static HeaderField FromText(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        return new HeaderField(bytes, 0, bytes.Length);
    }
}
