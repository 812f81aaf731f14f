using System.Buffers;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>EUC-JP under the names for which WildDuck uses the library of its ISO-2022-JP: what is unknown becomes "?".</summary>
internal sealed class LooseEucJpDecoder : CharsetDecoder
{
    private const byte KatakanaFollows = 0x8E;
    private const byte JisX0212Follows = 0x8F;

    public override void Decode(ReadOnlySpan<byte> bytes, TextBuffer text)
    {
        var utf8 = new ArrayBufferWriter<byte>(bytes.Length + 16);
        while (!bytes.IsEmpty)
        {
            var taken = 2;
            switch (bytes[0])
            {
                case < 0x80:
                    utf8.Write(bytes[..1]);
                    taken = 1;
                    break;
                case KatakanaFollows:
                    JapaneseCharacters.AppendKatakana(utf8, bytes.Length > 1 ? bytes[1] - 0x80 : -0x40);
                    break;
                case JisX0212Follows:
                    JapaneseCharacters.AppendJisX0212(utf8, At(bytes, 1) ^ 0x80, At(bytes, 2) ^ 0x80);
                    taken = 3;
                    break;
                default:
                    JapaneseCharacters.AppendJisX0208(utf8, bytes[0] ^ 0x80, At(bytes, 1) ^ 0x80);
                    break;
            }

            bytes = bytes[Math.Min(taken, bytes.Length)..];
        }

        LooseUtf8.Decode(utf8.WrittenSpan, text);
    }

    private static int At(ReadOnlySpan<byte> bytes, int index) => index < bytes.Length ? bytes[index] : 0;
}
