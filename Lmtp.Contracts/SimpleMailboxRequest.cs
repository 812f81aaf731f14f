namespace Lmtp.Contracts;

/// <summary>A mailbox in the short form that scripts use: an address and a password.</summary>
public sealed record SimpleMailboxRequest
{
    /// <summary>The address, which is the login name too.</summary>
    public required string Username { get; init; }

    /// <summary>The password in clear text, 1 to 256 characters.</summary>
    public required string Password { get; init; }
}
