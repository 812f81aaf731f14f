namespace Lmtp.Admin.Components.Limits;

/// <summary>A unit in which people give the period of a limit.</summary>
/// <param name="Seconds">How long it is.</param>
/// <param name="One">Its name after "per".</param>
/// <param name="Many">Its name after a number.</param>
internal sealed record LimitPeriod(long Seconds, string One, string Many)
{
    /// <summary>The units, the shortest first.</summary>
    public static IReadOnlyList<LimitPeriod> Units { get; } =
    [
        new(1, Resources.Texts.PeriodSecond, Resources.Texts.PeriodSeconds),
        new(60, Resources.Texts.PeriodMinute, Resources.Texts.PeriodMinutes),
        new(3600, Resources.Texts.PeriodHour, Resources.Texts.PeriodHours),
        new(86_400, Resources.Texts.PeriodDay, Resources.Texts.PeriodDays),
    ];

    /// <summary>The longest unit of which the time is a multiple.</summary>
    public static LimitPeriod UnitOf(long seconds) => Units.Last(unit => seconds % unit.Seconds == 0 && seconds >= unit.Seconds);
}
