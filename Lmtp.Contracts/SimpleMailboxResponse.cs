namespace Lmtp.Contracts;

/// <summary>A mailbox in the short form that scripts use.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Username">The login name.</param>
/// <param name="Address">The main address; empty when there is none.</param>
/// <param name="Disabled">Whether it is switched off.</param>
public sealed record SimpleMailboxResponse(string Id, string Username, string Address, bool Disabled);
