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
}
