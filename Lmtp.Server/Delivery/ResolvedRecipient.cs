namespace Lmtp.Server.Delivery;

/// <summary>A recipient that RCPT accepted.</summary>
/// <param name="Address">The address as given, normalised, with its dots and tag.</param>
/// <param name="UserId">The owner's <c>users._id</c>, 24 hexadecimal digits.</param>
/// <param name="AddressId">The matching <c>addresses._id</c>, 24 hexadecimal digits.</param>
/// <param name="OriginalRecipient">ORCPT= as given, or null.</param>
public sealed record ResolvedRecipient(string Address, string UserId, string AddressId, string? OriginalRecipient = null);
