namespace Lmtp.Server.Mime;

/// <summary>One entry of an address list: an address, or a group of addresses.</summary>
/// <param name="Name">The display name, encoded words not decoded; empty when there is none.</param>
/// <param name="Address">The address; empty for a group and where none was found.</param>
/// <param name="Group">The members when the entry is a group, else null.</param>
public sealed record MailAddress(string Name, string Address, IReadOnlyList<MailAddress>? Group = null);
