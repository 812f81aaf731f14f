using Lmtp.Server.Filters;

namespace Lmtp.Server.Storage;

/// <summary>Changes to a user; what is null stays as it is.</summary>
public sealed record UserChanges
{
    /// <summary>The display name; an empty one removes it.</summary>
    public string? Name { get; init; }

    /// <summary>A new password; an empty one forbids login.</summary>
    public string? Password { get; init; }

    /// <summary>Whether the user is switched off.</summary>
    public bool? IsDisabled { get; init; }

    /// <summary>The quota in bytes; 0 takes the server's.</summary>
    public long? Quota { get; init; }

    /// <summary>How long mailboxes made from now on keep their messages, in milliseconds; 0: for ever.</summary>
    public long? Retention { get; init; }

    /// <summary>0 (everything is spam) to 100 (nothing is).</summary>
    public int? SpamLevel { get; init; }

    /// <summary>Messages a minute that the user may receive; 0 takes the server's.</summary>
    public long? ReceivedMax { get; init; }

    /// <summary>Forwards a day; 0 takes the server's.</summary>
    public long? Forwards { get; init; }

    /// <summary>The language tag; an empty one removes it.</summary>
    public string? Language { get; init; }

    /// <summary>Free words that other systems and domain rules go by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Where all mail of the user is forwarded to.</summary>
    public IReadOnlyList<ForwardTarget>? Targets { get; init; }
}
