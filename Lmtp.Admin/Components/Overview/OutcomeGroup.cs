using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Overview;

/// <summary>What outcomes of deliveries have in common.</summary>
/// <param name="Name">Its name in words.</param>
/// <param name="Color">The design's name of its colour.</param>
/// <param name="Outcomes">The outcomes; null: all that no other group has.</param>
internal sealed record OutcomeGroup(string Name, string Color, IReadOnlySet<string>? Outcomes)
{
    /// <summary>Stored or handed on.</summary>
    public static OutcomeGroup Delivered { get; } =
        new(Resources.Texts.Delivered, "--chart-1", new HashSet<string> { "stored", "forwarded" });

    /// <summary>Accepted without being stored: a copy was there, or a filter said so.</summary>
    public static OutcomeGroup SetAside { get; } =
        new(Resources.Texts.SetAside, "--chart-2", new HashSet<string> { "duplicate", "dropped" });

    /// <summary>The sender tries again.</summary>
    public static OutcomeGroup Deferred { get; } = new(
        Resources.Texts.Deferred,
        "--chart-3",
        new HashSet<string> { "mailbox_full_temporary", "rate_limited", "user_busy", "in_progress_elsewhere", "temporary_failure" });

    /// <summary>Refused for good.</summary>
    public static OutcomeGroup Refused { get; } = new(Resources.Texts.Refused, "--chart-4", null);

    /// <summary>All groups, the best first.</summary>
    public static IReadOnlyList<OutcomeGroup> All { get; } = [Delivered, SetAside, Deferred, Refused];

    /// <summary>The group of an outcome.</summary>
    public static OutcomeGroup Of(string outcome) => All.First(group => group.Outcomes?.Contains(outcome) ?? true);

    /// <summary>How many deliveries ended so.</summary>
    public long Count(StatisticsBucketResponse bucket) =>
        bucket.Outcomes.Where(pair => ReferenceEquals(Of(pair.Key), this)).Sum(static pair => pair.Value);
}
