using MongoDB.Bson;

namespace MongoDB.Driver.Wire;

/// <summary>Tells answers from errors.</summary>
internal static class CommandReply
{
    public static Func<RawBsonDocument, BsonDocument> Materialize(Connection connection, DriverCommand command)
    {
        return reply =>
        {
            ThrowIfError(connection, command, reply);
            return reply.Materialize(null);
        };
    }

    /// <summary>Throws what the driver's users expect for an answer that is an error.</summary>
    public static void ThrowIfError(Connection connection, DriverCommand command, RawBsonDocument reply)
    {
        if (!reply.TryGetValue("ok", out var ok) || ok.ToBoolean())
        {
            return;
        }

        var result = reply.Materialize(null);
        var message = result.GetValue("errmsg", "Unknown error.").AsString;
        Exception exception = result.GetValue("code", -1).ToInt32() switch
        {
            50 => new MongoExecutionTimeoutException(connection.Id, message, result),
            43 when command.Name == "getMore" => new MongoCursorNotFoundException(connection.Id, command.Body[0].AsInt64, command.Body),
            10107 or 13435 or 10058 => new MongoNotPrimaryException(connection.Id, command.Body, result),
            11600 or 11602 or 13436 or 189 or 91 => new MongoNodeIsRecoveringException(connection.Id, command.Body, result),
            _ => new MongoCommandException(connection.Id, $"Command {command.Name} failed: {message}.", command.Body, result),
        };
        throw exception;
    }
}
