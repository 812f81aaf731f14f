using MongoDB.Bson;

namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>Where a message is.</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Path">Its path at that time.</param>
/// <param name="Message">The <c>_id</c> of the message; of a duplicate, that of the one that was there; or null.</param>
/// <param name="Uid">Its UID, or null.</param>
/// <param name="Modseq">Its modseq, or null.</param>
public sealed record StoredPlace(ObjectId? Mailbox, string? Path, string? Message, int? Uid, int? Modseq);
