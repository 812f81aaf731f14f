using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Reads whole bodies back from the received bytes.</summary>
internal static class BodyReader
{
    /// <summary>The body with CRLF line ends.</summary>
    public static async ValueTask<byte[]> ReadAsync(IMessageSource source, BodyExtent body, CancellationToken cancellationToken)
    {
        var raw = new byte[body.RawLength];
        var filled = 0;
        for (var index = 0; index < body.RangeCount; index++)
        {
            var range = body[index];
            await source.ReadAsync(range.Start, raw.AsMemory(filled, (int)range.Length), cancellationToken).ConfigureAwait(false);
            filled += (int)range.Length;
        }

        if (body.Length == raw.Length)
        {
            return raw;
        }

        var content = new byte[body.Length];
        var length = Normalize(raw, afterCarriageReturn: false, content);
        Encoding.ASCII.GetBytes(body.Suffix, content.AsSpan(length));
        return content;
    }

    /// <summary>Copies bytes and makes CRLF of every bare LF; returns the number of bytes written.</summary>
    internal static int Normalize(ReadOnlySpan<byte> raw, bool afterCarriageReturn, Span<byte> normalized)
    {
        var written = 0;
        while (!raw.IsEmpty)
        {
            var lineFeed = raw.IndexOf((byte)'\n');
            var text = lineFeed < 0 ? raw : raw[..lineFeed];
            text.CopyTo(normalized[written..]);
            written += text.Length;
            if (lineFeed < 0)
            {
                break;
            }

            if (lineFeed == 0 ? !afterCarriageReturn : raw[lineFeed - 1] != '\r')
            {
                normalized[written++] = (byte)'\r';
            }

            normalized[written++] = (byte)'\n';
            raw = raw[(lineFeed + 1)..];
            afterCarriageReturn = false;
        }

        return written;
    }
}
