using System.Text;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage.Outgoing;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>The header of a message as the outgoing queue keeps it, apart from its body.</summary>
/// <param name="Fields">The fields, in order.</param>
/// <param name="BodyOffset">Where the body begins.</param>
internal sealed record MessageHead(IReadOnlyList<QueueHeader> Fields, long BodyOffset)
{
    private const int BlockSize = 16 * 1024;

    /// <summary>Reads the header of a message as received.</summary>
    public static async Task<MessageHead> ReadAsync(IMessageSource source, CancellationToken cancellationToken)
    {
        var header = new MemoryStream();
        var block = new byte[BlockSize];
        for (var offset = 0L; offset < source.Length; offset += BlockSize)
        {
            var bytes = block.AsMemory(0, (int)Math.Min(BlockSize, source.Length - offset));
            await source.ReadAsync(offset, bytes, cancellationToken);

            // The end may lie across two blocks.
            var searched = (int)Math.Max(0, header.Length - 3);
            header.Write(bytes.Span);
            if (EndOf(header.GetBuffer().AsSpan(0, (int)header.Length), searched) is { } end)
            {
                return new MessageHead(Parse(header.GetBuffer().AsSpan(0, end)), end);
            }
        }

        return new MessageHead(Parse(header.GetBuffer().AsSpan(0, (int)header.Length)), source.Length);
    }

    /// <summary>Splits a header into its fields; lines that begin with white space belong to the one before.</summary>
    public static IReadOnlyList<QueueHeader> Parse(ReadOnlySpan<byte> header)
    {
        var lines = new List<string>();
        foreach (var line in Encoding.Latin1.GetString(header).TrimEnd('\r', '\n').Split('\n'))
        {
            var text = line.EndsWith('\r') ? line[..^1] : line;
            if (lines.Count > 0 && text is [' ' or '\t', ..])
            {
                lines[^1] = $"{lines[^1]}\r\n{text}";
            }
            else
            {
                lines.Add(text);
            }
        }

        // A mailbox file's separator is no field.
        if (lines[0].StartsWith("From ", StringComparison.OrdinalIgnoreCase))
        {
            lines.RemoveAt(0);
        }

        return [.. lines.Where(line => line.Length > 0).Select(line => new QueueHeader(KeyOf(line), line))];
    }

    /// <summary>The value of the first field of a name, unfolded; empty when there is none.</summary>
    public static string FirstOf(IEnumerable<QueueHeader> fields, string key)
    {
        var line = fields.FirstOrDefault(field => field.Key == key)?.Line;
        return line is null
            ? string.Empty
            : string.Join(' ', line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]
                .Split("\r\n").Select((part, index) => index == 0 ? part : part.TrimStart(' ', '\t'))).Trim();
    }

    private static string KeyOf(string line) =>
        line[..Math.Max(0, line.IndexOf(':', StringComparison.Ordinal))].Trim().ToLowerInvariant();

    /// <summary>The position after the empty line that ends the header.</summary>
    private static int? EndOf(ReadOnlySpan<byte> bytes, int from)
    {
        for (var i = Math.Max(from, 1); i < bytes.Length; i++)
        {
            if (bytes[i] == '\n' && (bytes[i - 1] == '\n' || (bytes[i - 1] == '\r' && i > 1 && bytes[i - 2] == '\n')))
            {
                return i + 1;
            }
        }

        return null;
    }
}
