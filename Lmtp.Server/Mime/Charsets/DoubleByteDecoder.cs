using System.Globalization;
using System.Text;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>
/// A charset of the CJK languages. The characters are those of .NET's code page but where the table says otherwise;
/// a byte that begins no character becomes U+FFFD, and decoding goes on with the next one.
/// </summary>
internal sealed class DoubleByteDecoder : CharsetDecoder
{
    private const int ThreeByteLead = 0x8F;

    private readonly Encoding _encoding;
    private readonly Dictionary<int, string> _differences = [];
    private readonly Dictionary<byte, char> _singles = [];
    private readonly HashSet<byte> _leads = [];
    private readonly string?[] _pairs = new string?[0x10000];
    private readonly bool _hasFourBytes;
    private readonly bool _hasThreeBytes;

    private DoubleByteDecoder(int codePage)
    {
        _encoding = Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\ufffd"));
        _hasFourBytes = codePage == 54936;
        _hasThreeBytes = codePage == 51932;
    }

    public override void Decode(ReadOnlySpan<byte> bytes, TextBuffer text)
    {
        while (!bytes.IsEmpty)
        {
            var first = bytes[0];
            var length = 1;
            if (first < 0x80)
            {
                text.Append((char)first);
            }
            else if (_singles.TryGetValue(first, out var single))
            {
                text.Append(single);
            }
            else
            {
                var character = Find(bytes, out length);
                text.Append(character ?? "\ufffd");
                length = character is null ? 1 : length;
            }

            bytes = bytes[length..];
        }
    }

    /// <summary>Adds the decoders of the table under all their names.</summary>
    public static void AddAll(Dictionary<string, CharsetDecoder> known)
    {
        DoubleByteDecoder? decoder = null;
        foreach (var line in MimeData.Lines("charset-double-byte"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "=":
                    decoder = new DoubleByteDecoder(int.Parse(words[1], CultureInfo.InvariantCulture));
                    foreach (var name in words.AsSpan(2))
                    {
                        known[name] = decoder;
                    }

                    break;
                case "+":
                    decoder!.AddSingles(words.AsSpan(1));
                    break;
                case ">":
                    decoder!._leads.UnionWith(Convert.FromHexString(words[1]));
                    break;
                default:
                    decoder!._differences.Add(
                        int.Parse(words[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                        words[1] == "-" ? "" : MimeData.FromUnits(words[1]));
                    break;
            }
        }
    }

    private void AddSingles(ReadOnlySpan<string> singles)
    {
        foreach (var single in singles)
        {
            _singles.Add(Convert.FromHexString(single.AsSpan(0, 2))[0], MimeData.FromUnits(single[3..])[0]);
        }
    }

    /// <summary>The character that some bytes are, or null.</summary>
    public string? Find(ReadOnlySpan<byte> bytes) => Find(bytes, out var length) is { } found && length == bytes.Length ? found : null;

    private string? Find(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 2;
        if (bytes.Length < 2)
        {
            return null;
        }

        if (_hasFourBytes && bytes.Length >= 4 && char.IsAsciiDigit((char)bytes[1]) && char.IsAsciiDigit((char)bytes[3]))
        {
            length = 4;
            return Valid(_encoding.GetString(bytes[..4]));
        }

        if (_hasThreeBytes && bytes[0] == ThreeByteLead)
        {
            length = 3;
            return bytes.Length < 3
                ? null
                : _differences.GetValueOrDefault((bytes[0] << 16) | (bytes[1] << 8) | bytes[2]);
        }

        if (!_leads.Contains(bytes[0]))
        {
            return null;
        }

        var pair = (bytes[0] << 8) | bytes[1];
        var known = _pairs[pair] ??= _differences.GetValueOrDefault(pair) ?? Valid(_encoding.GetString(bytes[..2])) ?? "";
        return known.Length == 0 ? null : known;
    }

    private static string? Valid(string text) =>
        text.Length == 1 && text[0] != '\ufffd' ? text
        : text.Length == 2 && char.IsHighSurrogate(text[0]) ? text
        : null;
}
