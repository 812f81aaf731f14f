namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>MongoDB's commands that this server knows by name and refuses, so that clients learn why.</summary>
internal static class UnsupportedCommands
{
    /// <summary>The names, with what each would need.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["abortTransaction"] = "transactions",
        ["commitTransaction"] = "transactions",
        ["prepareTransaction"] = "transactions",
        ["mapReduce"] = "map-reduce",
        ["mapreduce"] = "map-reduce",
        ["geoSearch"] = "geospatial queries",
        ["geoNear"] = "geospatial queries",
        ["eval"] = "server-side scripts",
        ["replSetGetStatus"] = "a replica set",
        ["replSetInitiate"] = "a replica set",
        ["addShard"] = "sharding",
        ["shardCollection"] = "sharding",
        ["enableSharding"] = "sharding",
        ["createUser"] = "user management",
        ["updateUser"] = "user management",
        ["dropUser"] = "user management",
        ["createRole"] = "user management",
        ["usersInfo"] = "user management",
        ["convertToCapped"] = "capped collections",
        ["createSearchIndexes"] = "search indexes",
    };

    /// <summary>The error for a command that is not offered.</summary>
    /// <param name="name">The command's name.</param>
    /// <returns>CommandNotSupported for known ones, CommandNotFound for all others.</returns>
    public static CommandException Refusal(string name) => Reasons.TryGetValue(name, out var reason)
        ? new CommandException(ErrorCode.CommandNotSupported, $"command '{name}' is not supported: it needs {reason}")
        : new CommandException(ErrorCode.CommandNotFound, $"no such command: '{name}'");
}
