using MongoDB.Bson;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>One recipient of an outgoing message.</summary>
/// <param name="Id">The <c>_id</c> in the queue.</param>
/// <param name="Recipient">The address.</param>
/// <param name="Route">What the queue is told about the way there: a relay or a URL; empty for the ordinary way.</param>
internal sealed record OutgoingEntry(ObjectId Id, string Recipient, BsonDocument Route)
{
    public BsonDocument ToBson() => new() { { "id", Id }, { "recipient", Recipient }, { "route", Route } };

    public static OutgoingEntry From(BsonDocument document) => new(
        document["id"].AsObjectId, document.StringOrEmpty("recipient"), document.DocumentOrNull("route") ?? []);
}
