using System.Globalization;

namespace Lmtp.Server.Filters.Conditions;

/// <summary>A day lies between two others, both included.</summary>
/// <param name="from">The first day; null sets no limit.</param>
/// <param name="to">The last day; null sets no limit.</param>
/// <param name="zone">The time zone.</param>
/// <param name="ofHeader">Whether the Date header counts instead of the arrival.</param>
internal sealed class DateTest(DateOnly? from, DateOnly? to, TimeZoneInfo zone, bool ofHeader) : DayTest(zone, ofHeader)
{
    public override FilterCondition Condition => FilterCondition.Date;

    private protected override string Describe() => (from, to) switch
    {
        ({ } first, { } last) => $"{What} is {Text(first)} to {Text(last)} {Where}",
        ({ } first, null) => $"{What} is {Text(first)} or later {Where}",
        (null, { } last) => $"{What} is {Text(last)} or earlier {Where}",
        _ => $"{What} is known",
    };

    private protected override bool Holds(DateOnly day) => !(day < from) && !(day > to);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
