namespace Lmtp.Contracts;

/// <summary>The automatic reply of a user.</summary>
public sealed record AutoreplyResponse
{
    /// <summary>Whether it is switched on.</summary>
    public bool Enabled { get; init; }

    /// <summary>The name in its From field; empty: the user's.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The subject; empty: that of the message that is answered.</summary>
    public string Subject { get; init; } = string.Empty;

    /// <summary>The plain text.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The HTML text.</summary>
    public string Html { get; init; } = string.Empty;

    /// <summary>From when on it is sent; null: at once.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Until when it is sent; null: without end.</summary>
    public DateTimeOffset? End { get; init; }
}
