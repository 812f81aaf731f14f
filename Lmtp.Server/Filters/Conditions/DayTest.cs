using System.Globalization;

namespace Lmtp.Server.Filters.Conditions;

/// <summary>A day in a time zone, of arrival or of the Date header.</summary>
/// <param name="zone">The time zone in which the day is looked at.</param>
/// <param name="ofHeader">Whether the Date header counts instead of the arrival.</param>
internal abstract class DayTest(TimeZoneInfo zone, bool ofHeader) : FilterTest
{
    private protected string What => ofHeader ? "date of the header" : "date of arrival";

    private protected string Where => $"({zone.Id})";

    private protected abstract bool Holds(DateOnly day);

    private protected sealed override bool Holds(FilterMessage message, out string? seen)
    {
        seen = null;
        DateTimeOffset? time = ofHeader ? message.HeaderDate : message.Received;
        if (time is not { } instant)
        {
            return false;
        }

        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
        seen = day.ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Holds(day);
    }
}
