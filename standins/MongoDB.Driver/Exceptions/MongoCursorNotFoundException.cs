using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver;

/// <summary>The server does not know the cursor, or does not know it any more.</summary>
public class MongoCursorNotFoundException : MongoQueryException
{
    /// <summary>Creates one.</summary>
    public MongoCursorNotFoundException(ConnectionId connectionId, long cursorId, BsonDocument query)
        : base(connectionId, $"Cursor {cursorId} not found on server {connectionId.ServerEndPoint} using connection {connectionId.LongLocalValue}.", query, null)
    {
        CursorId = cursorId;
    }

    /// <summary>The cursor.</summary>
    public long CursorId { get; }
}
