namespace Lmtp.Contracts;

/// <summary>A mailbox by its path.</summary>
public sealed record FilterMailbox
{
    /// <summary>The path, names separated by <c>/</c>: at most 255 characters and 16 names. Required.</summary>
    public string? Path { get; init; }

    /// <summary>Whether it is made when it is missing; null: no, the message goes to INBOX then.</summary>
    public bool? Create { get; init; }
}
