using MongoDB.Bson;
using MongoDB.Driver.Core.Connections;

namespace MongoDB.Driver.Wire;

/// <summary>Turns a reply with ok: 0 into the driver's exceptions.</summary>
internal static class CommandErrors
{
    private const int MaxTimeExpired = 50;
    private const int DuplicateKey = 11000;

    private static readonly HashSet<int> NotPrimary = [10107, 13435, 10058];
    private static readonly HashSet<int> Recovering = [91, 189, 11600, 11602, 13436];

    public static void ThrowIfFailed(ConnectionId connection, BsonDocument command, BsonDocument reply)
    {
        if (reply.GetValue("ok", 0).ToDouble() == 1)
        {
            return;
        }

        var code = reply.GetValue("code", -1).ToInt32();
        var message = reply.GetValue("errmsg", "Unknown error.").ToString();
        var name = command.ElementCount == 0 ? string.Empty : command.GetElement(0).Name;
        throw code switch
        {
            MaxTimeExpired => new MongoExecutionTimeoutException(connection, message, null, reply),
            DuplicateKey when name != "findAndModify" => new MongoDuplicateKeyException(connection, message, reply),
            _ when NotPrimary.Contains(code) => new MongoNotPrimaryException(connection, command, reply),
            _ when Recovering.Contains(code) => new MongoNodeIsRecoveringException(connection, command, reply),
            _ => new MongoCommandException(connection, $"Command {name} failed: {message}.", command, reply),
        };
    }
}
