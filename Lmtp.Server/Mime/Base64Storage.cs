using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>WildDuck's rule for which base64 bodies are stored decoded.</summary>
internal static class Base64Storage
{
    private const int ScannedBytes = 1000;
    private const int MaxLineLength = 998;
    private const int UsualLineLength = 76;

    /// <summary>The line length to encode with when the body is read again; null when it is stored as it is.</summary>
    public static async ValueTask<int?> FindLineLengthAsync(IMessageSource source, MimeNode node, CancellationToken cancellationToken)
    {
        var range = node.Body.First;
        var count = (int)Math.Min(range.Length, ScannedBytes);
        var raw = ArrayPool<byte>.Shared.Rent(count);
        await source.ReadAsync(range.Start, raw.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        var lineLength = FirstLineLength(raw.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(raw);
        if (lineLength is < 1 or > MaxLineLength)
        {
            return null;
        }

        if (node.Size == lineLength && lineLength < UsualLineLength)
        {
            lineLength = UsualLineLength;
        }

        var expectedLines = (node.Size + lineLength + 1) / (lineLength + 2);
        return Math.Abs(node.LineCount - expectedLines) <= 1 ? lineLength : null;
    }

    private static int FirstLineLength(ReadOnlySpan<byte> raw)
    {
        Span<byte> head = stackalloc byte[ScannedBytes * 2];
        head = head[..Math.Min(BareLineFeed.Replace(raw, afterReturn: false, head), ScannedBytes)];
        var length = 0;
        var afterCarriageReturn = false;
        foreach (var value in head)
        {
            if (afterCarriageReturn)
            {
                return value == '\n' ? length : 0;
            }

            if (value == '\r')
            {
                afterCarriageReturn = true;
            }
            else if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'+' or (byte)'/' or (byte)'=')
            {
                length++;
            }
            else
            {
                return 0;
            }
        }

        return length;
    }
}
