using System.Buffers;
using System.Text;
using MimeKit.Parsing;

namespace MimeKit.Encodings;

/// <summary>Decodes encoded words (RFC 2047). Neighbours of one charset are decoded together: some split a character.</summary>
internal static class EncodedWordReader
{
    /// <summary>The text of a header's bytes, folding taken out.</summary>
    public static string Decode(ReadOnlySpan<byte> raw) => Decode(Unfold(Charsets.Guess(raw)));

    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        var output = new StringBuilder(text.Length);
        var pending = new ArrayBufferWriter<byte>();
        string? charset = null;
        var position = 0;
        while (position < text.Length)
        {
            var start = text.IndexOf("=?", position, StringComparison.Ordinal);
            if (start < 0)
            {
                break;
            }

            if (!TryReadWord(text, start, out var word))
            {
                Flush(output, pending, ref charset);
                output.Append(text, position, start + 2 - position);
                position = start + 2;
                continue;
            }

            var between = text.AsSpan(position, start - position);
            if (charset is null || !between.IsWhiteSpace())
            {
                Flush(output, pending, ref charset);
                output.Append(between);
            }
            else if (!string.Equals(charset, word.Charset, StringComparison.OrdinalIgnoreCase))
            {
                Flush(output, pending, ref charset);
            }

            charset = word.Charset;
            pending.Write(word.Bytes);
            position = word.End;
        }

        Flush(output, pending, ref charset);
        return output.Append(text, position, text.Length - position).ToString();
    }

    public static string Unfold(string text) =>
        text.AsSpan().ContainsAny('\r', '\n')
            ? text.Replace("\r", string.Empty, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal)
            : text;

    private static void Flush(StringBuilder output, ArrayBufferWriter<byte> pending, ref string? charset)
    {
        if (charset is not null)
        {
            output.Append(Charsets.Find(charset)?.GetString(pending.WrittenSpan) ?? Charsets.Guess(pending.WrittenSpan));
            pending.ResetWrittenCount();
            charset = null;
        }
    }

    /// <summary>Reads <c>=?charset*language?B?text?=</c>; a word has no blanks, so that the search for its end is short.</summary>
    private static bool TryReadWord(string text, int start, out (string Charset, byte[] Bytes, int End) word)
    {
        word = default;
        var rest = text.AsSpan(start + 2);
        var charsetEnd = rest.IndexOfAny('?', ' ', '\t');
        if (charsetEnd <= 0 || rest[charsetEnd] != '?' || charsetEnd + 3 > rest.Length || rest[charsetEnd + 2] != '?')
        {
            return false;
        }

        var body = rest[(charsetEnd + 3)..];
        var end = body.IndexOf('?');
        if (end < 0 || end + 1 >= body.Length || body[end + 1] != '=')
        {
            return false;
        }

        var encoded = Encoding.UTF8.GetBytes(body[..end].ToString());
        byte[]? bytes = rest[charsetEnd + 1] switch
        {
            'B' or 'b' => Base64Text.Decode(encoded),
            'Q' or 'q' => DecodeQ(encoded),
            _ => null,
        };
        if (bytes is null)
        {
            return false;
        }

        var charset = rest[..charsetEnd];
        var language = charset.IndexOf('*');
        word = ((language < 0 ? charset : charset[..language]).ToString(), bytes, start + 2 + charsetEnd + 3 + end + 2);
        return true;
    }

    private static byte[] DecodeQ(byte[] encoded)
    {
        var written = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == (byte)'=' && i + 2 < encoded.Length
                && char.IsAsciiHexDigit((char)encoded[i + 1]) && char.IsAsciiHexDigit((char)encoded[i + 2]))
            {
                encoded[written++] = (byte)((QuotedPrintableText.HexValue(encoded[i + 1]) << 4) | QuotedPrintableText.HexValue(encoded[i + 2]));
                i += 2;
            }
            else
            {
                encoded[written++] = encoded[i] == (byte)'_' ? (byte)' ' : encoded[i];
            }
        }

        return encoded[..written];
    }
}
