namespace Lmtp.Admin.Filters;

/// <summary>An action while it is edited.</summary>
public sealed class ActionDraft
{
    /// <summary>What it does.</summary>
    public ActionKind Kind { get; set; }

    /// <summary>The id of the mailbox; empty where <see cref="Value"/> names it.</summary>
    public string Mailbox { get; set; } = string.Empty;

    /// <summary>Whether a mailbox that is missing is made.</summary>
    public bool Create { get; set; } = true;

    /// <summary>A path, keywords, addresses, or the text of a refusal.</summary>
    public string Value { get; set; } = string.Empty;

    /// <summary>Where it stood in the request that was last written, so that faults find it.</summary>
    public string Field { get; set; } = string.Empty;

    /// <summary>Keywords or addresses one by one.</summary>
    public IReadOnlyList<string> Values =>
        Value.Split([',', ';', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
