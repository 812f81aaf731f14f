namespace Lmtp.Server.Filters;

/// <summary>A mailbox by its path.</summary>
/// <param name="Path">The path, parents separated by <c>/</c>.</param>
/// <param name="Create">Whether it is made when it is missing; else the message goes to INBOX then.</param>
public sealed record MailboxChoice(string Path, bool Create);
