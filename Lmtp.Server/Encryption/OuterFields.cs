using System.Text;

namespace Lmtp.Server.Encryption;

/// <summary>
/// The header fields that stay readable outside, so that a list of messages can be shown without the key. They are copied
/// byte by byte, folds included, and stay inside as well.
/// </summary>
internal static class OuterFields
{
    /// <summary>How much of a message is searched for its header, in bytes.</summary>
    public const int HeaderLimit = 1024 * 1024;

    private const int ChunkSize = 16 * 1024;

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "date", "subject", "from", "to", "message-id", "bimi-location", "bimi-indicator", "authentication-results",
        "references", "in-reply-to",
    };

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    private static ReadOnlySpan<byte> HeaderEnd => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> MimeVersion => "MIME-Version: 1.0\r\n"u8;

    /// <summary>The lines for the message that the stream is at the beginning of, with MIME-Version before them.</summary>
    public static async Task<byte[]> ReadAsync(Stream message, CancellationToken cancellationToken)
    {
        var header = await ReadHeaderAsync(message, cancellationToken);
        return Select(header.Span);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadHeaderAsync(Stream message, CancellationToken cancellationToken)
    {
        var header = new byte[Math.Min(ChunkSize, HeaderLimit)];
        var length = 0;
        while (true)
        {
            var count = await message.ReadAtLeastAsync(
                header.AsMemory(length), header.Length - length, throwOnEndOfStream: false, cancellationToken);
            var searchFrom = Math.Max(0, length - HeaderEnd.Length + 1);
            length += count;
            var end = header.AsSpan(searchFrom, length - searchFrom).IndexOf(HeaderEnd);
            if (end >= 0)
            {
                return header.AsMemory(0, searchFrom + end + LineEnd.Length);
            }

            if (length < header.Length || length == HeaderLimit)
            {
                return header.AsMemory(0, length);
            }

            Array.Resize(ref header, Math.Min(header.Length * 4, HeaderLimit));
        }
    }

    private static byte[] Select(ReadOnlySpan<byte> header)
    {
        using var lines = new MemoryStream();
        lines.Write(MimeVersion);
        var isKept = false;
        while (!header.IsEmpty)
        {
            var end = header.IndexOf((byte)'\n');
            var line = end < 0 ? header : header[..end];
            header = end < 0 ? [] : header[(end + 1)..];
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            isKept = line is [(byte)' ' or (byte)'\t', ..] ? isKept : IsKept(line);
            if (isKept)
            {
                lines.Write(line);
                lines.Write(LineEnd);
            }
        }

        return lines.ToArray();
    }

    private static bool IsKept(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        return colon > 0 && Names.Contains(Encoding.Latin1.GetString(line[..colon]).Trim());
    }
}
