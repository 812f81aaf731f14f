namespace Lmtp.Contracts;

/// <summary>A user.</summary>
public sealed record UserResponse
{
    /// <summary>The user's id, 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The login name as it was given.</summary>
    public required string Username { get; init; }

    /// <summary>The display name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The main address; empty when there is none.</summary>
    public required string Address { get; init; }

    /// <summary>The language tag, or null.</summary>
    public string? Language { get; init; }

    /// <summary>Bytes of mail that the user keeps.</summary>
    public long StorageUsed { get; init; }

    /// <summary>The user's own quota in bytes; 0 where the server's default holds.</summary>
    public long Quota { get; init; }

    /// <summary>The quota in force in bytes; 0 when there is none.</summary>
    public long EffectiveQuota { get; init; }

    /// <summary>0 (everything is spam) to 100 (nothing is).</summary>
    public int SpamLevel { get; init; }

    /// <summary>Messages a minute that the user may receive; 0 where the server's default holds.</summary>
    public long ReceivedMax { get; init; }

    /// <summary>Forwards a day; 0 where the server's default holds.</summary>
    public long Forwards { get; init; }

    /// <summary>How long new mailboxes keep their messages, in milliseconds; 0: for ever.</summary>
    public long Retention { get; init; }

    /// <summary>Free words that other systems and domain rules go by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Where all mail is forwarded to.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Whether an automatic reply is switched on.</summary>
    public bool HasAutoreply { get; init; }

    /// <summary>Whether the user is switched off.</summary>
    public bool Disabled { get; init; }

    /// <summary>When the user was made.</summary>
    public DateTimeOffset Created { get; init; }
}
