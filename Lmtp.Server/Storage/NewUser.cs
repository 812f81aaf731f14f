namespace Lmtp.Server.Storage;

/// <summary>What a user is made from. What is left out gets WildDuck's default.</summary>
public sealed record NewUser
{
    /// <summary>The login name, kept in lower case; unique with dots and letter case left out of the comparison.</summary>
    public required string Username { get; init; }

    /// <summary>The password in clear text, or a hash where <see cref="IsPasswordHashed"/>; null or empty: no login.</summary>
    public string? Password { get; init; }

    /// <summary>Whether <see cref="Password"/> is a hash already.</summary>
    public bool IsPasswordHashed { get; init; }

    /// <summary>The display name.</summary>
    public string? Name { get; init; }

    /// <summary>The main address; null makes a user without any.</summary>
    public string? Address { get; init; }

    /// <summary>A language tag, which names the first mailboxes.</summary>
    public string? Language { get; init; }

    /// <summary>The quota in bytes; 0 takes the server's.</summary>
    public long Quota { get; init; }

    /// <summary>How long new mailboxes keep their messages, in milliseconds; null or 0: for ever.</summary>
    public long? Retention { get; init; }

    /// <summary>0 (everything is spam) to 100 (nothing is).</summary>
    public int SpamLevel { get; init; } = 50;

    /// <summary>Messages a minute that the user may receive; 0 takes the server's.</summary>
    public long ReceivedMax { get; init; }

    /// <summary>Forwards a day; 0 takes the server's.</summary>
    public long Forwards { get; init; }

    /// <summary>Free words that other systems and domain rules go by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
