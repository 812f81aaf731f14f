namespace Lmtp.Server.Storage;

/// <summary>What an address was found as.</summary>
/// <param name="Entry">The address document.</param>
/// <param name="Kind">The step of the look-up that found it.</param>
public sealed record AddressMatch(MailAddressEntry Entry, AddressMatchKind Kind);
