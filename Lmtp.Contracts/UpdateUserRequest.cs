namespace Lmtp.Contracts;

/// <summary>Changes to a user. What is left out, or null, stays as it is.</summary>
public sealed record UpdateUserRequest
{
    /// <summary>The display name, at most 256 characters; empty removes it.</summary>
    public string? Name { get; init; }

    /// <summary>The new password in clear text, at most 256 characters; empty: the user cannot log in any more.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the user is switched off: no login, and mail for it is refused.</summary>
    public bool? Disabled { get; init; }

    /// <summary>The quota in bytes; 0 takes the server's default.</summary>
    public long? Quota { get; init; }

    /// <summary>How long new mailboxes keep their messages, in milliseconds; 0 keeps them for ever.</summary>
    public long? Retention { get; init; }

    /// <summary>0 (everything is spam) to 100 (nothing is).</summary>
    public int? SpamLevel { get; init; }

    /// <summary>Messages a minute that the user may receive; 0 takes the server's default.</summary>
    public long? ReceivedMax { get; init; }

    /// <summary>Forwards a day; 0 takes the server's default.</summary>
    public long? Forwards { get; init; }

    /// <summary>A language tag (BCP 47), at most 20 characters; empty removes it.</summary>
    public string? Language { get; init; }

    /// <summary>Free words that other systems and domain rules go by, at most 64 of 128 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>
    /// Where all mail is forwarded to, at most 64: addresses, <c>smtp://host:port</c>, or URLs (http, https) that take the
    /// message; an empty list ends it.
    /// </summary>
    public IReadOnlyList<string>? Targets { get; init; }
}
