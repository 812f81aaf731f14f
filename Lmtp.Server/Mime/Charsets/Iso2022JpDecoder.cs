using System.Buffers;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>
/// ISO-2022-JP (RFC 1468) with JIS X 0212 and half-width katakana, as WildDuck reads it: bytes outside the escapes are
/// taken for pieces of UTF-8.
/// </summary>
internal sealed class Iso2022JpDecoder : CharsetDecoder
{
    private const byte Escape = 0x1B;

    public override void Decode(ReadOnlySpan<byte> bytes, TextBuffer text)
    {
        if (!bytes.Contains(Escape))
        {
            LooseUtf8.Decode(bytes, text);
            return;
        }

        var utf8 = new ArrayBufferWriter<byte>(bytes.Length + 16);
        var characters = CharacterSet.Ascii;
        while (!bytes.IsEmpty)
        {
            if (bytes[0] == Escape)
            {
                characters = Designated(bytes, out var length);
                bytes = bytes[Math.Min(length, bytes.Length)..];
                continue;
            }

            // A second byte that is missing makes the first one an unknown character.
            var second = bytes.Length > 1 ? bytes[1] : (byte)0;
            switch (characters)
            {
                case CharacterSet.JisX0208:
                    JapaneseCharacters.AppendJisX0208(utf8, bytes[0], second);
                    break;
                case CharacterSet.JisX0212:
                    JapaneseCharacters.AppendJisX0212(utf8, bytes[0], second);
                    break;
                case CharacterSet.Katakana:
                    JapaneseCharacters.AppendKatakana(utf8, bytes[0]);
                    break;
                default:
                    utf8.Write(bytes[..1]);
                    break;
            }

            var taken = characters is CharacterSet.JisX0208 or CharacterSet.JisX0212 ? 2 : 1;
            bytes = bytes[Math.Min(taken, bytes.Length)..];
        }

        LooseUtf8.Decode(utf8.WrittenSpan, text);
    }

    /// <summary>What an escape sequence switches to; any that is not known, to ASCII.</summary>
    private static CharacterSet Designated(ReadOnlySpan<byte> bytes, out int length)
    {
        var sequence = bytes[1..];
        length = sequence.StartsWith("$(D"u8) ? 4 : 3;
        return sequence.StartsWith("$B"u8) || sequence.StartsWith("$@"u8) ? CharacterSet.JisX0208
            : sequence.StartsWith("(I"u8) ? CharacterSet.Katakana
            : length == 4 ? CharacterSet.JisX0212
            : CharacterSet.Ascii;
    }

    private enum CharacterSet
    {
        Ascii,
        JisX0208,
        JisX0212,
        Katakana,
    }
}
