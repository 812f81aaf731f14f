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
        var length = BareLineFeed.Replace(raw, afterReturn: false, content);
        Encoding.ASCII.GetBytes(body.Suffix, content.AsSpan(length));
        return content;
    }
}
