using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>What takes the place of a message that is moved.</summary>
/// <param name="Id">Its <c>_id</c>.</param>
/// <param name="Mailbox">The mailbox that it goes to.</param>
internal sealed record MessageCopy(ObjectId Id, ObjectId Mailbox);
