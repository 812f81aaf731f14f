namespace Lmtp.Contracts;

/// <summary>One address of a message's header.</summary>
/// <param name="Name">The display name; empty when there is none.</param>
/// <param name="Address">The address; empty for a group.</param>
public sealed record MessageAddressResponse(string Name, string Address);
