using System.Buffers;
using System.Text;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>The characters of JIS X 0201, 0208 and 0212 by their numbers, written as UTF-8.</summary>
internal static class JapaneseCharacters
{
    private const byte Unknown = (byte)'?';

    private static readonly DoubleByteDecoder EucJp = CharsetDecoders.EucJp;

    // What the library behind WildDuck's ISO-2022-JP does not know of JIS X 0208.
    private static readonly SearchValues<char> Missing =
        SearchValues.Create("\u2d70\u2d71\u2d72\u2d75\u2d76\u2d77\u2d7a\u2d7b\u2d7c\u7c7b");

    /// <summary>A character of JIS X 0208.</summary>
    public static void AppendJisX0208(IBufferWriter<byte> utf8, int first, int second)
    {
        var isKnown = IsInTable(first) && IsInTable(second) && !Missing.Contains((char)((first << 8) | second));
        Append(utf8, isKnown ? EucJp.Find([(byte)(first | 0x80), (byte)(second | 0x80)]) : null);
    }

    /// <summary>A character of JIS X 0212.</summary>
    public static void AppendJisX0212(IBufferWriter<byte> utf8, int first, int second) =>
        Append(utf8, ((first << 8) | second) switch
        {
            0x2141 => "\u301c",
            0x2237 => "\0~",
            _ when IsInTable(first) && IsInTable(second) => EucJp.Find([0x8F, (byte)(first | 0x80), (byte)(second | 0x80)]),
            _ => null,
        });

    /// <summary>A half-width katakana of JIS X 0201, by its number of seven bits.</summary>
    public static void AppendKatakana(IBufferWriter<byte> utf8, int number)
    {
        var position = number + 0x40;
        utf8.Write<byte>([0xEF, (byte)(0xBC | ((position >> 6) & 0x03)), (byte)(0x80 | (position & 0x3F))]);
    }

    private static bool IsInTable(int value) => value is >= 0x21 and <= 0x7E;

    private static void Append(IBufferWriter<byte> utf8, string? characters)
    {
        if (characters is null)
        {
            utf8.Write<byte>([Unknown]);
        }
        else
        {
            Encoding.UTF8.GetBytes(characters, utf8);
        }
    }
}
