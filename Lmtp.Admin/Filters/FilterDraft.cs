namespace Lmtp.Admin.Filters;

/// <summary>A filter while it is edited: one list of conditions, one of actions.</summary>
public sealed class FilterDraft
{
    /// <summary>What it is called.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>Whether it is switched on.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>Whether one of the conditions is enough.</summary>
    public bool IsAny { get; set; }

    /// <summary>The conditions.</summary>
    public List<ConditionDraft> Conditions { get; } = [];

    /// <summary>The actions.</summary>
    public List<ActionDraft> Actions { get; } = [];

    /// <summary>Whether the filters after it are left out.</summary>
    public bool Stop { get; set; }
}
