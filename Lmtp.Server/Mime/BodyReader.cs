using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Reads whole bodies back from the received bytes.</summary>
internal static class BodyReader
{
    private const int BufferSize = 64 * 1024;

    /// <summary>
    /// Appends the first lines of a body of one range with CRLF line ends: as many as begin within so many bytes, or
    /// those bytes where there is no line end among them.
    /// </summary>
    public static async ValueTask ReadHeadAsync(
        IMessageSource source, BodyExtent body, int maxBytes, ByteBuffer content, CancellationToken cancellationToken)
    {
        if (body.RawLength <= maxBytes)
        {
            await ReadAsync(source, body, content, cancellationToken).ConfigureAwait(false);
            return;
        }

        var raw = ArrayPool<byte>.Shared.Rent(maxBytes);
        await source.ReadAsync(body.First.Start, raw.AsMemory(0, maxBytes), cancellationToken).ConfigureAwait(false);
        var lastLine = raw.AsSpan(0, maxBytes).LastIndexOf((byte)'\n');
        AppendReplaced(raw.AsSpan(0, lastLine < 0 ? maxBytes : lastLine + 1), body.BareLineFeeds, content);
        ArrayPool<byte>.Shared.Return(raw);
    }

    /// <summary>The SHA-256 of the body of one range with CRLF line ends, which is never in memory as a whole.</summary>
    public static async ValueTask<byte[]> HashAsync(IMessageSource source, BodyExtent body, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var raw = ArrayPool<byte>.Shared.Rent(BufferSize);
        var content = ArrayPool<byte>.Shared.Rent(BufferSize * 2);
        var afterReturn = false;
        var range = body.First;
        for (var offset = range.Start; offset < range.End;)
        {
            var piece = raw.AsMemory(0, (int)Math.Min(BufferSize, range.End - offset));
            await source.ReadAsync(offset, piece, cancellationToken).ConfigureAwait(false);
            hash.AppendData(content, 0, BareLineFeed.Replace(piece.Span, afterReturn, content));
            afterReturn = piece.Span[^1] == '\r';
            offset += piece.Length;
        }

        ArrayPool<byte>.Shared.Return(raw);
        ArrayPool<byte>.Shared.Return(content);
        hash.AppendData(Encoding.ASCII.GetBytes(body.Suffix));
        return hash.GetHashAndReset();
    }

    /// <summary>Appends the body with CRLF line ends.</summary>
    public static async ValueTask ReadAsync(
        IMessageSource source, BodyExtent body, ByteBuffer content, CancellationToken cancellationToken)
    {
        if (body.Length == body.RawLength)
        {
            await ReadRawAsync(source, body, content.Reserve((int)body.RawLength), cancellationToken).ConfigureAwait(false);
            content.Advance((int)body.RawLength);
            return;
        }

        var raw = ArrayPool<byte>.Shared.Rent((int)body.RawLength);
        await ReadRawAsync(source, body, raw, cancellationToken).ConfigureAwait(false);
        AppendReplaced(raw.AsSpan(0, (int)body.RawLength), body.BareLineFeeds, content);
        content.Advance(Encoding.ASCII.GetBytes(body.Suffix, content.Reserve(body.Suffix.Length).Span));
        ArrayPool<byte>.Shared.Return(raw);
    }

    private static async ValueTask ReadRawAsync(
        IMessageSource source, BodyExtent body, Memory<byte> raw, CancellationToken cancellationToken)
    {
        if (body.RangeCount <= 1)
        {
            await source.ReadAsync(body.First.Start, raw[..(int)body.First.Length], cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var range in body.Ranges)
        {
            await source.ReadAsync(range.Start, raw[..(int)range.Length], cancellationToken).ConfigureAwait(false);
            raw = raw[(int)range.Length..];
        }
    }

    private static void AppendReplaced(ReadOnlySpan<byte> raw, int bareLineFeeds, ByteBuffer content) =>
        content.Advance(BareLineFeed.Replace(raw, afterReturn: false, content.Reserve(raw.Length + bareLineFeeds).Span));
}
