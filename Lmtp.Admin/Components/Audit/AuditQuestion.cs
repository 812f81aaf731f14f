using System.Globalization;

namespace Lmtp.Admin.Components.Audit;

/// <summary>What the page of the audit log searches for. What is null does not narrow the search.</summary>
/// <param name="Actor">Who made the change.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Target">The id of what was changed.</param>
/// <param name="From">The first day (UTC), as year-month-day.</param>
/// <param name="Until">The last day (UTC), as year-month-day.</param>
public readonly record struct AuditQuestion(string? Actor, string? Operation, string? Target, string? From, string? Until)
{
    /// <summary>The earliest time; null where <see cref="From"/> is no day.</summary>
    public DateTimeOffset? Earliest => Day(From);

    /// <summary>The time before which the changes were made; null where <see cref="Until"/> is no day.</summary>
    public DateTimeOffset? Before => Day(Until)?.AddDays(1);

    /// <summary>As the query of an address.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        ["actor"] = Actor,
        ["operation"] = Operation,
        ["target"] = Target,
        ["from"] = From,
        ["until"] = Until,
    };

    // The last day of the calendar has no day after it.
    private static DateTimeOffset? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue
            ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero)
            : null;
}
