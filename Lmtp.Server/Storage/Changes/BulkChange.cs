using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>What became of one message of a change of many.</summary>
/// <param name="Message">The message that was named.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Before">How it was before; null when it was not there.</param>
/// <param name="After">How it is since; null when it is gone, or was not changed.</param>
internal sealed record BulkChange(ObjectId Message, BulkChangeStatus Status, MessageSummary? Before, MessageSummary? After);
