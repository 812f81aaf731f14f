namespace Lmtp.Server.Storage.Statistics;

/// <summary>How much is stored.</summary>
/// <param name="Users">The users.</param>
/// <param name="Messages">The messages in all mailboxes.</param>
/// <param name="Bytes">The bytes that count against the quotas of all users.</param>
/// <param name="Attachments">The attachments, each counted once however many messages have it.</param>
/// <param name="AttachmentBytes">Their bytes as they are stored.</param>
internal sealed record StorageSample(long Users, long Messages, long Bytes, long Attachments, long AttachmentBytes);
