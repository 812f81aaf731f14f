namespace Lmtp.Admin.Components.Parts;

/// <summary>How much of a time is shown.</summary>
public enum LocalTimeStyle
{
    /// <summary>The time of today, the date of other days.</summary>
    Brief,

    /// <summary>As <see cref="Brief"/>, to the second.</summary>
    Seconds,

    /// <summary>The time of today, the date and time of other days, to the minute.</summary>
    Minute,

    /// <summary>Date and time.</summary>
    Full,
}
