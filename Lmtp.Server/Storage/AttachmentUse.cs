using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>An attachment file that a message uses.</summary>
/// <param name="File">The <c>_id</c> of the file.</param>
/// <param name="Count">How many attachments of the message have these bytes.</param>
internal sealed record AttachmentUse(BsonBinaryData File, int Count);
