using Lmtp.Server.Mime;

namespace Lmtp.Server.Storage;

/// <summary>A file that a message needs, with the references that its deliveries take on it.</summary>
/// <param name="Attachment">The first attachment of the message with these bytes.</param>
/// <param name="Reference">The references.</param>
internal sealed record AttachmentToStore(MessageAttachment Attachment, AttachmentReference Reference);
