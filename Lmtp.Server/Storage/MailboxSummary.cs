namespace Lmtp.Server.Storage;

/// <summary>A mailbox and how much is in it.</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Total">The number of messages.</param>
/// <param name="Unseen">The number of messages without <c>\Seen</c>.</param>
public sealed record MailboxSummary(Mailbox Mailbox, long Total, long Unseen);
