using System.Collections.Frozen;
using System.Text;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>Finds the decoder of a charset by its normalised name.</summary>
internal static class CharsetDecoders
{
    // No charset has a name as long as this.
    private const int MaxNameLength = 64;

    private static readonly FrozenDictionary<string, CharsetDecoder> Known = CreateKnown();
    private static readonly FrozenDictionary<string, CharsetDecoder>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Known.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly LooseEucJpDecoder LooseEucJp = new();

    /// <summary>EUC-JP, whose characters ISO-2022-JP has too.</summary>
    public static DoubleByteDecoder EucJp => (DoubleByteDecoder)Known["eucjp"];

    /// <summary>The decoder, or null when the charset is unknown.</summary>
    public static CharsetDecoder? Find(ReadOnlySpan<char> name)
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

        Span<char> canonical = stackalloc char[MaxNameLength];
        var length = Canonicalize(name, canonical);
        return length >= 0 && Lookup.TryGetValue(canonical[..length], out var decoder) ? decoder : null;
    }

    /// <summary>Letters and digits only, in lower case, without the year that some names end in; -1 when there are too many.</summary>
    private static int Canonicalize(ReadOnlySpan<char> name, Span<char> canonical)
    {
        if (name.Length > 5 && name[^5] == ':' && !name[^4..].ContainsAnyExceptInRange('0', '9'))
        {
            name = name[..^5];
        }

        var length = 0;
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                continue;
            }

            if (length == canonical.Length)
            {
                return -1;
            }

            canonical[length++] = char.ToLowerInvariant(character);
        }

        return length;
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
