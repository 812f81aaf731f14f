using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>A change of flags that has begun.</summary>
/// <param name="Change">The change, as it is written down.</param>
/// <param name="Message">The message as it was found.</param>
/// <param name="Flags">The flags that it gets.</param>
internal sealed record FlagChange(MessageChange Change, BsonDocument Message, IReadOnlyList<string> Flags);
