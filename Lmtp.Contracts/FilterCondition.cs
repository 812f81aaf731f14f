namespace Lmtp.Contracts;

/// <summary>A condition of a filter. Each type has fields of its own; those of other types must be left out.</summary>
public sealed record FilterCondition
{
    /// <summary>
    /// <c>header</c>, <c>sender</c>, <c>recipient</c>, <c>originalRecipient</c>, <c>tag</c>, <c>attachmentName</c>,
    /// <c>attachmentType</c>, <c>size</c>, <c>spamScore</c>, <c>date</c>, <c>weekday</c>, <c>list</c> or <c>body</c>. Required.
    /// </summary>
    public string? Type { get; init; }

    /// <summary>Whether it holds when what it says does not; null: no.</summary>
    public bool? Not { get; init; }

    /// <summary>Of a header: the name of the field, at most 128 characters.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// How texts are compared, letter case left out: <c>exists</c>, <c>equals</c>, <c>contains</c>, <c>wildcard</c> or
    /// <c>regex</c>.
    /// </summary>
    public string? Op { get; init; }

    /// <summary>What is compared with: at most 1024 characters, 512 for a wildcard or regular expression.</summary>
    public string? Value { get; init; }

    /// <summary>The least size in bytes (to 2^40) or spam score (to 100); null sets no limit.</summary>
    public double? Min { get; init; }

    /// <summary>The greatest size in bytes (to 2^40) or spam score (to 100); null sets no limit.</summary>
    public double? Max { get; init; }

    /// <summary>The first day, as <c>2026-01-31</c>; null sets no limit.</summary>
    public string? From { get; init; }

    /// <summary>The last day, as <c>2026-01-31</c>; null sets no limit.</summary>
    public string? To { get; init; }

    /// <summary>Days of the week: <c>mon</c>, <c>tue</c>, <c>wed</c>, <c>thu</c>, <c>fri</c>, <c>sat</c>, <c>sun</c>.</summary>
    public IReadOnlyList<string>? Days { get; init; }

    /// <summary>The time zone of days, such as <c>Europe/Tallinn</c>; null: UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>Whose day it is: of the arrival (<c>received</c>, also for null) or of the Date field (<c>header</c>).</summary>
    public string? Of { get; init; }
}
