using System.Collections.Frozen;
using System.Text;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>Finds the decoder of a charset by its normalised name.</summary>
internal static class CharsetDecoders
{
    private static readonly FrozenDictionary<string, CharsetDecoder> Known = CreateKnown();
    private static readonly LooseEucJpDecoder LooseEucJp = new();

    /// <summary>EUC-JP, whose characters ISO-2022-JP has too.</summary>
    public static DoubleByteDecoder EucJp => (DoubleByteDecoder)Known["eucjp"];

    /// <summary>The decoder, or null when the charset is unknown.</summary>
    public static CharsetDecoder? Find(string name)
    {
        if (name.StartsWith("jis", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("iso-2022-jp", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("iso2022jp", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("iso-2022jp", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("iso2022-jp", StringComparison.OrdinalIgnoreCase))
        {
            return Known["iso2022jp"];
        }

        if (name.StartsWith("eucjp", StringComparison.OrdinalIgnoreCase))
        {
            return LooseEucJp;
        }

        return Known.GetValueOrDefault(Canonical(name));
    }

    /// <summary>Letters and digits only, in lower case, without the year that some names end in.</summary>
    private static string Canonical(string name)
    {
        var text = name.AsSpan();
        if (text.Length > 5 && text[^5] == ':' && !text[^4..].ContainsAnyExceptInRange('0', '9'))
        {
            text = text[..^5];
        }

        var canonical = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                canonical.Append(char.ToLowerInvariant(character));
            }
        }

        return canonical.ToString();
    }

    private static FrozenDictionary<string, CharsetDecoder> CreateKnown()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var known = new Dictionary<string, CharsetDecoder>
        {
            ["utf8"] = new EncodingDecoder(Encoding.UTF8),
            ["unicode11utf8"] = new EncodingDecoder(Encoding.UTF8),
            ["ucs2"] = new EncodingDecoder(Encoding.Unicode),
            ["utf16le"] = new EncodingDecoder(Encoding.Unicode),
            ["utf16"] = new EncodingDecoder(Encoding.Unicode),
            ["utf16be"] = new EncodingDecoder(Encoding.BigEndianUnicode),
            ["utf32"] = new EncodingDecoder(Encoding.UTF32),
            ["utf32le"] = new EncodingDecoder(Encoding.UTF32),
            ["utf32be"] = new EncodingDecoder(new UTF32Encoding(bigEndian: true, byteOrderMark: false)),
            ["utf7"] = new Utf7Decoder(),
            ["unicode11utf7"] = new Utf7Decoder(),
            ["binary"] = new EncodingDecoder(Encoding.Latin1),
            ["iso2022jp"] = new Iso2022JpDecoder(),
        };
        SingleByteDecoder.AddAll(known);
        DoubleByteDecoder.AddAll(known);
        return known.ToFrozenDictionary();
    }
}
