namespace Lmtp.Server.Storage.Changes;

/// <summary>Changes to a mailbox; what is null stays.</summary>
/// <param name="Path">The name with its parents, separated by <c>/</c>.</param>
/// <param name="Retention">How long messages are kept, in milliseconds; 0: for ever.</param>
/// <param name="IsSubscribed">Whether it takes part in IMAP's LSUB.</param>
internal sealed record MailboxChanges(string? Path, long? Retention, bool? IsSubscribed);
