namespace Lmtp.Contracts;

/// <summary>The automatic reply of a user, as a whole.</summary>
public sealed record SetAutoreplyRequest
{
    /// <summary>Whether it is switched on.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The name in its From field, at most 128 characters; null: the user's.</summary>
    public string? Name { get; init; }

    /// <summary>The subject, at most 256 characters; null: that of the message that is answered.</summary>
    public string? Subject { get; init; }

    /// <summary>The plain text, at most 131072 characters.</summary>
    public string? Text { get; init; }

    /// <summary>The HTML text, at most 131072 characters.</summary>
    public string? Html { get; init; }

    /// <summary>From when on it is sent; null: at once.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Until when it is sent, after the start; null: without end.</summary>
    public DateTimeOffset? End { get; init; }
}
