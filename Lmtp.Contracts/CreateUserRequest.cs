namespace Lmtp.Contracts;

/// <summary>A user to be made, with its first mailboxes and its main address.</summary>
public sealed record CreateUserRequest
{
    /// <summary>
    /// The login name, 1 to 128 characters: letters, digits, dots, hyphens, underscores, or an e-mail address. Kept in
    /// lower case; unique with dots left out of the comparison.
    /// </summary>
    public required string Username { get; init; }

    /// <summary>The password in clear text, at most 256 characters; null or empty: the user cannot log in.</summary>
    public string? Password { get; init; }

    /// <summary>Whether <see cref="Password"/> is already a hash that WildDuck understands.</summary>
    public bool HashedPassword { get; init; }

    /// <summary>The display name, at most 256 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The main address. Left out: the user name where that is an address, else no address.</summary>
    public string? Address { get; init; }

    /// <summary>A language tag (BCP 47) that names the first mailboxes; English when it is unknown.</summary>
    public string? Language { get; init; }

    /// <summary>The quota in bytes; 0 takes the server's default.</summary>
    public long Quota { get; init; }

    /// <summary>How long new mailboxes keep their messages, in milliseconds; 0 keeps them for ever.</summary>
    public long Retention { get; init; }

    /// <summary>0 (everything is spam) to 100 (nothing is); null: 50.</summary>
    public int? SpamLevel { get; init; }

    /// <summary>Messages a minute that the user may receive; 0 takes the server's default.</summary>
    public long ReceivedMax { get; init; }

    /// <summary>Forwards a day; 0 takes the server's default.</summary>
    public long Forwards { get; init; }

    /// <summary>Free words that other systems and domain rules go by, at most 64 of 128 characters; null: none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
}
