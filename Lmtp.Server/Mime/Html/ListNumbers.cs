using System.Globalization;
using System.Text;

namespace Lmtp.Server.Mime.Html;

/// <summary>The numbers of ordered lists.</summary>
internal static class ListNumbers
{
    // The largest number for which letters or Roman digits are made; beyond it digits are the defined result.
    private const double MaxOrdinal = 1_000_000_000;
    private const double MaxRoman = 3999;

    /// <summary>Reads the start attribute; 1 when it is missing or empty, not a number when it makes no sense.</summary>
    public static double Parse(ReadOnlySpan<char> start)
    {
        if (start.IsEmpty)
        {
            return 1;
        }

        var text = Whitespace.Trim(start);
        if (text.Length == 0)
        {
            return 0;
        }

        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;
    }

    /// <summary>Writes a number in the way that the type attribute asks for.</summary>
    public static string Format(double number, string type)
    {
        var isOrdinal = number >= 1 && number <= MaxOrdinal && double.IsInteger(number);
        return type switch
        {
            "a" when isOrdinal => Letters((int)number, 'a'),
            "A" when isOrdinal => Letters((int)number, 'A'),
            "i" when isOrdinal && number <= MaxRoman => Roman((int)number).ToLowerInvariant(),
            "I" when isOrdinal && number <= MaxRoman => Roman((int)number),
            _ => number.ToString("R", CultureInfo.InvariantCulture),
        };
    }

    private static string Letters(int number, char first)
    {
        var letters = new StringBuilder();
        for (; number > 0; number = (number - 1) / 26)
        {
            letters.Insert(0, (char)(first + ((number - 1) % 26)));
        }

        return letters.ToString();
    }

    private static string Roman(int number)
    {
        const string Ones = "IXCM";
        const string Fives = "VLD";
        var digits = new StringBuilder();
        for (var place = 0; number > 0; number /= 10, place++)
        {
            var digit = number % 10;
            var text = (digit % 5) switch
            {
                4 => $"{Ones[place]}{(digit < 5 ? Fives[place] : Ones[place + 1])}",
                var rest => (digit < 5 ? "" : Fives[place].ToString()) + new string(Ones[place], rest),
            };
            digits.Insert(0, text);
        }

        return digits.ToString();
    }
}
