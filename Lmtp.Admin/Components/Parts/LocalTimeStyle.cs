namespace Lmtp.Admin.Components.Parts;

/// <summary>How much of a time is shown.</summary>
public enum LocalTimeStyle
{
    /// <summary>The time of today, the date of other days.</summary>
    Brief,

    /// <summary>As <see cref="Brief"/>, to the second.</summary>
    Seconds,

    /// <summary>Date and time.</summary>
    Full,
}
