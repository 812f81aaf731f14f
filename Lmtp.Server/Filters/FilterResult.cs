namespace Lmtp.Server.Filters;

/// <summary>What became of a filter.</summary>
public enum FilterResult
{
    /// <summary>Its conditions hold; its actions were taken up.</summary>
    Applied,

    /// <summary>Its conditions do not hold.</summary>
    NotApplied,

    /// <summary>A filter before it ended the list.</summary>
    Skipped,

    /// <summary>It, or a filter before it, is one too many, or has conditions that are too many.</summary>
    OverLimit,

    /// <summary>Its <c>lmtp</c> sub-document cannot be read, so that it is not applied at all.</summary>
    Faulty,
}
