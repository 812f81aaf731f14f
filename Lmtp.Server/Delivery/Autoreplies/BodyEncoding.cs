using System.Text;

namespace Lmtp.Server.Delivery.Autoreplies;

/// <summary>Writes text bodies: as they are where that is safe, else quoted-printable or base64 (RFC 2045 section 6).</summary>
internal static class BodyEncoding
{
    private const int LineLength = 76;

    /// <summary>The Content-Transfer-Encoding for a text.</summary>
    public static string NameFor(string text) =>
        text.All(character => character is (>= ' ' and <= '\u007f') or '\t' or '\r' or '\n') && !HasLongLine(text) ? "7bit"
            : HeaderEncoding.PrefersEscapes(text) ? "quoted-printable"
            : "base64";

    /// <summary>The text in this encoding, all line breaks CRLF, without one at the end that the text has not.</summary>
    public static string Encode(string text, string encoding)
    {
        var lines = text.ReplaceLineEndings("\r\n");
        return encoding switch
        {
            "quoted-printable" => QuotedPrintable(lines),
            "base64" => Base64(lines),
            _ => lines,
        };
    }

    private static bool HasLongLine(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Length > LineLength)
            {
                return true;
            }
        }

        return false;
    }

    private static string Base64(string text)
    {
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        return string.Join("\r\n", encoded.Chunk(LineLength).Select(line => new string(line)));
    }

    private static string QuotedPrintable(string text) =>
        string.Join("\r\n", text.Split("\r\n").Select(QuotedPrintableLine));

    private static string QuotedPrintableLine(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var encoded = new StringBuilder(bytes.Length + 16);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var isLast = i == bytes.Length - 1;
            var isLiteral = bytes[i] is (>= 33 and <= 126 and not (byte)'=') || (bytes[i] is (byte)' ' or (byte)'\t' && !isLast);
            var added = isLiteral ? 1 : 3;

            // A soft line break takes one character itself.
            if (length + added > LineLength - (isLast ? 0 : 1))
            {
                encoded.Append("=\r\n");
                length = 0;
            }

            _ = isLiteral
                ? encoded.Append((char)bytes[i])
                : encoded.Append('=').Append(bytes[i].ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            length += added;
        }

        return encoded.ToString();
    }
}
