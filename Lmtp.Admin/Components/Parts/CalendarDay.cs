using System.Globalization;

namespace Lmtp.Admin.Components.Parts;

/// <summary>Days that somebody searches by: written as the browser writes them, meant in the zone of whoever looks.</summary>
internal static class CalendarDay
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>Reads a day as an address has it; null when it is none.</summary>
    public static DateOnly? Parse(string? text) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Writes a day as an address has it.</summary>
    public static string? Write(DateOnly? day) => day?.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>When a day begins; null where there is none, or where it is at the edge of the calendar.</summary>
    public static DateTimeOffset? StartOf(DateOnly? day, TimeZoneInfo zone) => day is { Year: > 1 and < 9999 } date
        ? Midnight(date, zone)
        : null;

    /// <summary>When the day after a day begins; null where there is none, or where it is at the edge of the calendar.</summary>
    public static DateTimeOffset? EndOf(DateOnly? day, TimeZoneInfo zone) => day is { Year: > 1 and < 9999 } date
        ? Midnight(date.AddDays(1), zone)
        : null;

    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
