using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Faults;

/// <summary>What a change of several messages finds.</summary>
/// <param name="User">The owner.</param>
/// <param name="Inbox">Where the messages are.</param>
/// <param name="Target">Where a move takes them.</param>
/// <param name="Messages">The messages.</param>
internal sealed record BulkScene(ObjectId User, Mailbox Inbox, Mailbox Target, IReadOnlyList<ObjectId> Messages);
