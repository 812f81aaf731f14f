using System.Text;

namespace Lmtp.Server.Mime.Charsets;

/// <summary>UTF-7 (RFC 2152), which .NET no longer decodes.</summary>
internal sealed class Utf7Decoder : CharsetDecoder
{
    private static readonly Encoding Ascii =
        Encoding.GetEncoding("us-ascii", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\ufffd"));

    public override string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var shift = bytes.IndexOf((byte)'+');
            if (shift < 0)
            {
                text.Append(Ascii.GetString(bytes));
                break;
            }

            text.Append(Ascii.GetString(bytes[..shift]));
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
                var units = LenientBase64.Decode(bytes[..length]);
                text.Append(Encoding.BigEndianUnicode.GetString(units.AsSpan(0, units.Length & ~1)));
            }

            bytes = bytes[(isClosed ? length + 1 : length)..];
        }

        return text.ToString();
    }
}
