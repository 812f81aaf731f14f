namespace Lmtp.Server.Storage;

/// <summary>One address of a header.</summary>
/// <param name="Name">The display name; empty when there is none.</param>
/// <param name="Address">The address; empty for a group.</param>
public sealed record MessageAddress(string Name, string Address);
