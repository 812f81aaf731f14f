namespace Lmtp.Admin.Filters;

/// <summary>Which controls a kind of condition has.</summary>
public enum ConditionForm
{
    /// <summary>A comparison with a text.</summary>
    Text,

    /// <summary>Words that are there or not.</summary>
    Words,

    /// <summary>Yes or no.</summary>
    Fact,

    /// <summary>A number with limits.</summary>
    Range,

    /// <summary>A day with limits.</summary>
    Days,

    /// <summary>Days of the week.</summary>
    Weekdays,
}
