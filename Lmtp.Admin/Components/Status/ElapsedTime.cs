using System.Globalization;

namespace Lmtp.Admin.Components.Status;

/// <summary>Writes lengths of time the way people say them: by their two largest units.</summary>
internal static class ElapsedTime
{
    /// <summary>A length of time, in days and hours, hours and minutes, minutes, or seconds.</summary>
    public static string Format(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => Format(Resources.Texts.DaysAndHours, time.Days, time.Hours),
        { TotalHours: >= 1 } => Format(Resources.Texts.HoursAndMinutes, (int)time.TotalHours, time.Minutes),
        { TotalMinutes: >= 1 } => Format(Resources.Texts.MinutesOnly, time.Minutes),
        _ => Format(Resources.Texts.SecondsOnly, Math.Max(0, time.Seconds)),
    };

    private static string Format(string text, params object[] numbers) => string.Format(CultureInfo.CurrentCulture, text, numbers);
}
