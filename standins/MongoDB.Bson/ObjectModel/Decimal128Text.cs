using System.Globalization;
using System.Text;

namespace MongoDB.Bson;

/// <summary>Reads and writes the text of a Decimal128 by the rules of the BSON Decimal128 specification.</summary>
internal static class Decimal128Text
{
    public static string Format(Decimal128 value)
    {
        if (Decimal128.IsNaN(value))
        {
            return "NaN";
        }

        var sign = Decimal128.IsNegative(value) ? "-" : "";
        if (Decimal128.IsInfinity(value))
        {
            return sign + "Infinity";
        }

        var digits = value.Significand.ToString(CultureInfo.InvariantCulture);
        var exponent = value.Exponent;
        var adjusted = exponent + digits.Length - 1;
        return exponent > 0 || adjusted < -6
            ? FormatScientific(sign, digits, adjusted)
            : FormatPlain(sign, digits, exponent);
    }

    public static bool TryParse(string text, out Decimal128 result)
    {
        result = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var negative = text[0] == '-';
        var rest = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        if (rest.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            result = Decimal128.QNaN;
            return true;
        }

        if (rest.Equals("inf", StringComparison.OrdinalIgnoreCase) || rest.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            result = negative ? Decimal128.NegativeInfinity : Decimal128.PositiveInfinity;
            return true;
        }

        return TrySplit(rest, out var digits, out var exponent) && TryBuild(negative, digits, exponent, out result);
    }

    private static string FormatScientific(string sign, string digits, int adjusted)
    {
        var text = new StringBuilder(sign).Append(digits[0]);
        if (digits.Length > 1)
        {
            text.Append('.').Append(digits, 1, digits.Length - 1);
        }

        return text.Append('E').Append(adjusted < 0 ? "" : "+").Append(adjusted.ToString(CultureInfo.InvariantCulture)).ToString();
    }

    private static string FormatPlain(string sign, string digits, int exponent)
    {
        if (exponent == 0)
        {
            return sign + digits;
        }

        var padded = digits.PadLeft(1 - exponent, '0');
        return $"{sign}{padded.AsSpan(0, padded.Length + exponent)}.{padded.AsSpan(padded.Length + exponent)}";
    }

    private static bool TrySplit(ReadOnlySpan<char> text, out string digits, out long exponent)
    {
        digits = "";
        exponent = 0;
        var exponentAt = text.IndexOfAny('e', 'E');
        if (exponentAt >= 0)
        {
            if (!long.TryParse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                || Math.Abs(exponent) > int.MaxValue)
            {
                return false;
            }

            text = text[..exponentAt];
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.Length + fraction.Length == 0 || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        exponent -= fraction.Length;
        digits = string.Concat(whole, fraction).TrimStart('0');
        return true;
    }

    private static bool TryBuild(bool negative, string digits, long exponent, out Decimal128 result)
    {
        result = default;
        if (digits.Length == 0)
        {
            var clamped = (int)Math.Clamp(exponent, Decimal128.ExponentMin, Decimal128.ExponentMax);
            result = Decimal128.FromParts(negative, clamped, 0);
            return true;
        }

        // Only zeros may be cut off or appended: anything else would change the value.
        var cut = (int)Math.Min(int.MaxValue, Math.Max(digits.Length - Decimal128.MaxDigits, Decimal128.ExponentMin - exponent));
        if (cut > 0)
        {
            if (cut >= digits.Length || digits.AsSpan(digits.Length - cut).ContainsAnyExcept('0'))
            {
                return false;
            }

            digits = digits[..^cut];
            exponent += cut;
        }

        var missing = exponent - Decimal128.ExponentMax;
        if (missing > 0)
        {
            if (digits.Length + missing > Decimal128.MaxDigits)
            {
                return false;
            }

            digits += new string('0', (int)missing);
            exponent = Decimal128.ExponentMax;
        }

        result = Decimal128.FromParts(negative, (int)exponent, UInt128.Parse(digits, CultureInfo.InvariantCulture));
        return true;
    }
}
