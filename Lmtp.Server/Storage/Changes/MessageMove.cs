using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>A move that has begun.</summary>
/// <param name="Change">The move, as it is written down.</param>
/// <param name="Message">The message as it was found.</param>
internal sealed record MessageMove(MessageChange Change, BsonDocument Message);
