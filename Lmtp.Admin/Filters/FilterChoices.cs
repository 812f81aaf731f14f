namespace Lmtp.Admin.Filters;

/// <summary>What there is to choose from.</summary>
internal static class FilterChoices
{
    private static readonly (string, bool)[] Texts =
    [
        ("contains", false), ("contains", true), ("equals", false), ("equals", true), ("wildcard", false), ("wildcard", true),
        ("regex", false), ("regex", true), ("exists", false), ("exists", true),
    ];

    private static readonly (string, bool)[] Facts = [("is", false), ("is", true)];
    private static readonly (string, bool)[] Ranges = [("min", false), ("max", false), ("between", false), ("between", true)];

    /// <summary>Units of sizes, the smallest first.</summary>
    public static IReadOnlyList<(string Name, long Bytes)> Units { get; } = [("B", 1), ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30)];

    /// <summary>Days of the week as the API writes them, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Weekdays { get; } = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Conditions of a filter at most.</summary>
    public const int MaxConditions = 50;

    /// <summary>Addresses that a filter without extension forwards to at most.</summary>
    public const int MaxTargets = 64;

    /// <summary>Addresses or keywords that an extension has at most, of each kind of action.</summary>
    public const int MaxValues = 10;

    /// <summary>Whether a filter may have an action of a kind more than once, with other addresses or keywords each.</summary>
    public static bool HasValues(ActionKind kind) => kind is ActionKind.Keywords or ActionKind.Forward or ActionKind.Redirect;

    /// <summary>Which controls a kind of condition has.</summary>
    public static ConditionForm FormOf(ConditionKind kind) => kind switch
    {
        ConditionKind.Words => ConditionForm.Words,
        ConditionKind.List or ConditionKind.Attachment => ConditionForm.Fact,
        ConditionKind.Size or ConditionKind.SpamScore => ConditionForm.Range,
        ConditionKind.Date => ConditionForm.Days,
        ConditionKind.Weekday => ConditionForm.Weekdays,
        _ => ConditionForm.Text,
    };

    /// <summary>The ways in which a kind of condition compares, each with whether it is the opposite.</summary>
    public static IReadOnlyList<(string Op, bool IsNegated)> OperatorsOf(ConditionKind kind) => FormOf(kind) switch
    {
        ConditionForm.Text => Texts,
        ConditionForm.Range or ConditionForm.Days => Ranges,
        _ => Facts,
    };
}
