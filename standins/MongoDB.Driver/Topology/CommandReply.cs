using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Wire;

namespace MongoDB.Driver.Topology;

/// <summary>A reply with ok: 1, and the connection it came over.</summary>
internal sealed record CommandReply(BsonDocument Document, ConnectionId Connection, ServerDescription Server);
