using System.Collections.Concurrent;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Finds the decoder of a charset by its normalised name.</summary>
internal static class CharsetDecoders
{
    private static readonly ConcurrentDictionary<string, Encoding?> Known = new(StringComparer.OrdinalIgnoreCase);

    static CharsetDecoders() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The decoder, or null when the charset is unknown.</summary>
    public static Encoding? Find(string name)
    {
        if (Known.TryGetValue(name, out var encoding))
        {
            return encoding;
        }

        encoding = Create(name);
        if (encoding is not null)
        {
            // Names that nobody knows come from outside in any number; they are not kept.
            Known.TryAdd(name, encoding);
        }

        return encoding;
    }

    private static Encoding? Create(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
