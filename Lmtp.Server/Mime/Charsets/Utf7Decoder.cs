using System.Text;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>UTF-7 (RFC 2152), which .NET no longer decodes.</summary>
internal sealed class Utf7Decoder : CharsetDecoder
{
    private static readonly Encoding Ascii =
        Encoding.GetEncoding("us-ascii", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\ufffd"));

    public override void Decode(ReadOnlySpan<byte> bytes, TextBuffer text)
    {
        var decoded = new byte[bytes.Length];
        while (!bytes.IsEmpty)
        {
            var shift = bytes.IndexOf((byte)'+');
            if (shift < 0)
            {
                text.AppendDecoded(Ascii, bytes);
                break;
            }

            text.AppendDecoded(Ascii, bytes[..shift]);
            bytes = bytes[(shift + 1)..];
            var length = 0;
            while (length < bytes.Length && (char.IsAsciiLetterOrDigit((char)bytes[length]) || bytes[length] is (byte)'+' or (byte)'/'))
            {
                length++;
            }

            var isClosed = length < bytes.Length && bytes[length] == '-';
            if (length == 0 && isClosed)
            {
                text.Append('+');
            }
            else
            {
                var count = LenientBase64.Decode(bytes[..length], decoded);
                text.AppendDecoded(Encoding.BigEndianUnicode, decoded.AsSpan(0, count & ~1));
            }

            bytes = bytes[(isClosed ? length + 1 : length)..];
        }
    }
}
