using Lmtp.Admin.Components.Parts;

namespace Lmtp.Admin.Components.Audit;

/// <summary>What the page of the audit log searches for. What is null does not narrow the search.</summary>
/// <param name="Actor">Who made the change.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Target">The id of what was changed.</param>
/// <param name="From">The first day, as year-month-day.</param>
/// <param name="Until">The last day, as year-month-day.</param>
public readonly record struct AuditQuestion(string? Actor, string? Operation, string? Target, string? From, string? Until)
{
    /// <summary>Whether there are days, which mean other times in other zones.</summary>
    public bool HasDays => From is not null || Until is not null;

    /// <summary>The same without blank texts.</summary>
    public AuditQuestion Normalize() => this with { Actor = TextOrNull(Actor), Operation = TextOrNull(Operation), Target = TextOrNull(Target) };

    /// <summary>The earliest time; null where <see cref="From"/> is no day.</summary>
    public DateTimeOffset? Earliest(TimeZoneInfo zone) => CalendarDay.StartOf(CalendarDay.Parse(From), zone);

    /// <summary>The time before which the changes were made; null where <see cref="Until"/> is no day.</summary>
    public DateTimeOffset? Before(TimeZoneInfo zone) => CalendarDay.EndOf(CalendarDay.Parse(Until), zone);

    /// <summary>As the query of an address.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        ["actor"] = Actor,
        ["operation"] = Operation,
        ["target"] = Target,
        ["from"] = From,
        ["until"] = Until,
    };

    private static string? TextOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
