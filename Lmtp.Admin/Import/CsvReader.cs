using System.Text;

namespace Lmtp.Admin.Import;

/// <summary>
/// Reads CSV (RFC 4180): fields in quotes may hold separators, line ends and doubled quotes. Lines end with CRLF, LF or CR;
/// empty ones are left out.
/// </summary>
internal static class CsvReader
{
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>All records, those of the header included.</summary>
    /// <exception cref="ImportException">A quote is not closed, or something follows one.</exception>
    public static IEnumerable<CsvRecord> Read(string text)
    {
        var separator = SeparatorOf(text);
        var at = 0;
        var line = 1;
        while (at < text.Length)
        {
            var first = line;
            var fields = new List<string>();
            do
            {
                fields.Add(ReadField(text, separator, ref at, ref line));
            }
            while (at < text.Length && text[at++] == separator && (at < text.Length || Add(fields)));

            SkipLineEnd(text, ref at, ref line);
            if (fields.Count > 1 || fields[0].Length > 0)
            {
                yield return new CsvRecord(first, fields);
            }
        }
    }

    /// <summary>The separator that the first line has most of, outside of quotes; spreadsheets of many countries write semicolons.</summary>
    private static char SeparatorOf(string text)
    {
        var isQuoted = false;
        var counts = new int[Separators.Length];
        foreach (var c in text)
        {
            isQuoted ^= c == '"';
            if (!isQuoted && c is ('\r' or '\n'))
            {
                break;
            }

            if (!isQuoted && Array.IndexOf(Separators, c) is var separator and >= 0)
            {
                counts[separator]++;
            }
        }

        return Separators[Array.IndexOf(counts, counts.Max())];
    }

    /// <summary>The file ends with a separator: an empty field follows it.</summary>
    private static bool Add(List<string> fields)
    {
        fields.Add(string.Empty);
        return false;
    }

    private static string ReadField(string text, char separator, ref int at, ref int line)
    {
        if (at < text.Length && text[at] == '"')
        {
            return ReadQuoted(text, separator, ref at, ref line);
        }

        var length = text.AsSpan(at).IndexOfAny(separator, '\r', '\n');
        var field = length < 0 ? text[at..] : text.Substring(at, length);
        at += field.Length;
        return field.Trim();
    }

    private static string ReadQuoted(string text, char separator, ref int at, ref int line)
    {
        var first = line;
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            var c = text[at];
            if (c != '"')
            {
                line += c == '\n' || (c == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')) ? 1 : 0;
                field.Append(c);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append(text[at++]);
            }
            else
            {
                at++;
                return at == text.Length || text[at] == separator || text[at] is '\r' or '\n'
                    ? field.ToString()
                    : throw ImportException.At(line, Resources.Texts.CsvAfterQuote);
            }
        }

        throw ImportException.At(first, Resources.Texts.CsvOpenQuote);
    }

    private static void SkipLineEnd(string text, ref int at, ref int line)
    {
        // The character that ended the last field has been passed, unless the file ended.
        if (at > 0 && text[at - 1] == '\r' && at < text.Length && text[at] == '\n')
        {
            at++;
        }

        line++;
    }
}
