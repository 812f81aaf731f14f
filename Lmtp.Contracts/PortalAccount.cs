namespace Lmtp.Contracts;

/// <summary>
/// A person who may sign in to the portal, as the server keeps it for the portal. The server takes it as it is: the
/// portal hashes the password and encrypts what only it may read.
/// </summary>
public sealed record PortalAccount
{
    /// <summary>24 hexadecimal digits; the server gives it out.</summary>
    /// <remarks>A serializer that is made at compile time writes null to what a request leaves out.</remarks>
    public string Id { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>The name to sign in with, at most 128 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The name as it is compared: no two accounts have the same.</summary>
    public required string NormalizedName { get; init; }

    /// <summary>What the person may do.</summary>
    public PortalRole Role { get; init; }

    /// <summary>The hash of the password, with its salt and cost; null: no password has been set.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Changes with everything that must end the sessions that there are.</summary>
    public string? SecurityStamp { get; init; }

    /// <summary>The key of the second factor, encrypted by the portal; null: none has been set up.</summary>
    public string? AuthenticatorKey { get; init; }

    /// <summary>The codes for a lost second factor, encrypted by the portal.</summary>
    public string? RecoveryCodes { get; init; }

    /// <summary>Whether signing in asks for the second factor.</summary>
    public bool TwoFactorEnabled { get; init; }

    /// <summary>Wrong passwords or codes in a row.</summary>
    public int AccessFailedCount { get; init; }

    /// <summary>Until when nobody can sign in, after too many wrong ones.</summary>
    public DateTimeOffset? LockoutEnd { get; init; }

    /// <summary>When the person signed in last; null: never.</summary>
    public DateTimeOffset? LastSignIn { get; init; }

    /// <summary>When the account was made; the server writes it.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>
    /// Counts the changes. A change carries the version that it was made from; another one in between makes it fail.
    /// </summary>
    public long Version { get; init; }
}
