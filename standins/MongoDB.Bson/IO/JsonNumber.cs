using System.Globalization;

namespace MongoDB.Bson.IO;

/// <summary>Reads the number literals of JSON.</summary>
internal static class JsonNumber
{
    public static BsonValue Parse(string literal, JsonScanner scanner)
    {
        if (literal == "-" && scanner.TryTakeWord("Infinity"))
        {
            return new BsonDouble(double.NegativeInfinity);
        }

        if (!IsNumber(literal))
        {
            throw new FormatException($"Invalid JSON number '{literal}'.");
        }

        if (!literal.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            if (int.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small))
            {
                return (BsonInt32)small;
            }

            if (long.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large))
            {
                return new BsonInt64(large);
            }
        }

        return new BsonDouble(double.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    /// <summary>The grammar of RFC 8259 section 6.</summary>
    private static bool IsNumber(ReadOnlySpan<char> text)
    {
        text = text.StartsWith('-') ? text[1..] : text;
        var whole = Digits(ref text);
        if (whole == 0)
        {
            return false;
        }

        if (text.StartsWith('.'))
        {
            text = text[1..];
            if (Digits(ref text) == 0)
            {
                return false;
            }
        }

        if (text.Length > 0 && (text[0] is 'e' or 'E'))
        {
            text = text[1..];
            text = text.Length > 0 && (text[0] is '+' or '-') ? text[1..] : text;
            if (Digits(ref text) == 0)
            {
                return false;
            }
        }

        return text.IsEmpty;
    }

    private static int Digits(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var count = end < 0 ? text.Length : end;
        text = text[count..];
        return count;
    }
}
