using System.Globalization;

namespace MimeKit.Utils;

/// <summary>Dates of mail (RFC 5322 section 3.3).</summary>
public static class DateUtils
{
    private const int MaxOffsetMinutes = 14 * 60;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The date as it stands in a header.</summary>
    public static string FormatDate(DateTimeOffset date)
    {
        var text = date.ToString("ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture);
        return text.Remove(text.Length - 3, 1);
    }

    /// <summary>Reads a date, obsolete forms included: names of zones, years of two digits, no seconds.</summary>
    public static bool TryParse(string? text, out DateTimeOffset date)
    {
        date = default;
        var words = (text ?? string.Empty).Split('(')[0]
            .Split([' ', '\t', ',', '\r', '\n'], 16, StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(static word => !char.IsAsciiDigit(word[0]))
            .ToArray();
        if (words.Length < 4
            || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            || MonthOf(words[1]) is not { } month
            || !int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || TimeOf(words[3]) is not { } time)
        {
            return false;
        }

        year += year < 50 ? 2000 : year < 1000 ? 1900 : 0;
        if (year is < 1 or > 9998 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        var offset = words.Length > 4 ? OffsetOf(words[4]) : TimeSpan.Zero;
        date = new DateTimeOffset(new DateTime(year, month, day).Add(time), offset);
        return true;
    }

    private static int? MonthOf(string word)
    {
        var index = word.Length < 3 ? -1 : Array.IndexOf(Months, word[..3].ToLowerInvariant());
        return index < 0 ? null : index + 1;
    }

    private static TimeSpan? TimeOf(string word)
    {
        var parts = word.Split(':');
        var numbers = parts.Select(static part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        return numbers is [>= 0 and < 24, >= 0 and < 60, ..] and { Length: 2 or 3 } && (numbers.Length == 2 || numbers[2] is >= 0 and <= 60)
            ? new TimeSpan(numbers[0], numbers[1], numbers.Length == 3 ? Math.Min(numbers[2], 59) : 0)
            : null;
    }

    private static TimeSpan OffsetOf(string word)
    {
        if (word is ['+' or '-', ..] && word.Length == 5 && int.TryParse(word.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var minutes = (number / 100 * 60) + (number % 100);
            return minutes > MaxOffsetMinutes ? TimeSpan.Zero : TimeSpan.FromMinutes(word[0] == '-' ? -minutes : minutes);
        }

        return TimeSpan.FromHours(word.ToUpperInvariant() switch
        {
            "EDT" => -4,
            "EST" or "CDT" => -5,
            "CST" or "MDT" => -6,
            "MST" or "PDT" => -7,
            "PST" => -8,
            _ => 0,
        });
    }
}
