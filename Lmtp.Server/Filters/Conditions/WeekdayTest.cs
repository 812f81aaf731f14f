namespace Lmtp.Server.Filters.Conditions;

/// <summary>A day is one of some days of the week.</summary>
/// <param name="days">The days.</param>
/// <param name="zone">The time zone.</param>
/// <param name="ofHeader">Whether the Date header counts instead of the arrival.</param>
internal sealed class WeekdayTest(IReadOnlyCollection<DayOfWeek> days, TimeZoneInfo zone, bool ofHeader) : DayTest(zone, ofHeader)
{
    public override FilterCondition Condition => FilterCondition.Weekday;

    private protected override string Describe() => $"{What} is {string.Join(" or ", days)} {Where}";

    private protected override bool Holds(DateOnly day) => days.Contains(day.DayOfWeek);
}
