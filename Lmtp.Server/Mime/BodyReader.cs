using System.Security.Cryptography;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Reads whole bodies back from the received bytes.</summary>
internal static class BodyReader
{
    private const int BufferSize = 64 * 1024;

    /// <summary>
    /// The first lines of a body of one range with CRLF line ends: as many as begin within so many bytes, or those bytes
    /// where there is no line end among them.
    /// </summary>
    public static async ValueTask<byte[]> ReadHeadAsync(
        IMessageSource source, BodyExtent body, int maxBytes, CancellationToken cancellationToken)
    {
        if (body.RawLength <= maxBytes)
        {
            return await ReadAsync(source, body, cancellationToken).ConfigureAwait(false);
        }

        var raw = new byte[maxBytes];
        await source.ReadAsync(body[0].Start, raw, cancellationToken).ConfigureAwait(false);
        var lastLine = raw.AsSpan().LastIndexOf((byte)'\n');
        var lines = raw.AsSpan(0, lastLine < 0 ? raw.Length : lastLine + 1);
        var content = new byte[lines.Length + body.BareLineFeeds];
        var length = BareLineFeed.Replace(lines, afterReturn: false, content);
        return content.Length == length ? content : content[..length];
    }

    /// <summary>The SHA-256 of the body of one range with CRLF line ends, which is never in memory as a whole.</summary>
    public static async ValueTask<byte[]> HashAsync(IMessageSource source, BodyExtent body, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var raw = new byte[BufferSize];
        var content = new byte[BufferSize * 2];
        var afterReturn = false;
        for (var offset = body[0].Start; offset < body[0].End;)
        {
            var piece = raw.AsMemory(0, (int)Math.Min(BufferSize, body[0].End - offset));
            await source.ReadAsync(offset, piece, cancellationToken).ConfigureAwait(false);
            hash.AppendData(content, 0, BareLineFeed.Replace(piece.Span, afterReturn, content));
            afterReturn = piece.Span[^1] == '\r';
            offset += piece.Length;
        }

        hash.AppendData(Encoding.ASCII.GetBytes(body.Suffix));
        return hash.GetHashAndReset();
    }

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
        var length = BareLineFeed.Replace(raw, afterReturn: false, content);
        Encoding.ASCII.GetBytes(body.Suffix, content.AsSpan(length));
        return content;
    }
}
