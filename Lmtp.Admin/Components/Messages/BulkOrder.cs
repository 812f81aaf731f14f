namespace Lmtp.Admin.Components.Messages;

/// <summary>What is to be done with the selected messages.</summary>
/// <param name="Action">What.</param>
/// <param name="Target">The id of the mailbox that they go to, when they are moved.</param>
public sealed record BulkOrder(BulkAction Action, string? Target = null);
