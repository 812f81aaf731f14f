using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>Checks a command's fields: those that every command has, and that it has no others than its own.</summary>
internal static class CommonFields
{
    /// <summary>Fields of every command that have an effect.</summary>
    public static IReadOnlyList<string> Effective { get; } = ["$db", "maxTimeMS", "writeConcern"];

    /// <summary>Fields of every command that are accepted without effect.</summary>
    public static IReadOnlyList<string> Ignored { get; } =
    [
        "lsid", "$clusterTime", "$readPreference", "readConcern", "comment", "$audit", "$client", "$configServerState",
        "apiVersion", "apiStrict", "apiDeprecationErrors",
    ];

    private static readonly string[] TransactionFields = ["txnNumber", "autocommit", "startTransaction"];

    /// <summary>Checks a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="context">Its document.</param>
    /// <exception cref="CommandException">A field is unknown or asks for what is not offered.</exception>
    public static void Check(Command command, CommandContext context)
    {
        for (var i = 1; i < context.Body.ElementCount; i++)
        {
            var name = context.Body.GetElement(i).Name;
            if (TransactionFields.Contains(name))
            {
                throw new CommandException(
                    ErrorCode.IllegalOperation,
                    "Transaction numbers are only allowed on a replica set member or mongos");
            }

            if (name == "collation")
            {
                RejectCollation(context.Body[name]);
            }
            else if (!command.AcceptsUnknownFields && !IsKnown(command, name))
            {
                throw new CommandException(ErrorCode.IDLUnknownField, $"BSON field '{command.Name}.{name}' is an unknown field.");
            }
        }

        CheckReadConcern(context.Document("readConcern"));
        WriteConcern.Parse(context.Document("writeConcern"));
        CheckApiVersion(context);
    }

    /// <summary>Rejects a collation other than the simple one.</summary>
    /// <param name="collation">The collation; null when there is none.</param>
    public static void RejectCollation(BsonValue? collation)
    {
        if (collation is BsonDocument { ElementCount: > 0 } document && document.GetValue("locale", null) is not BsonString { Value: "simple" })
        {
            throw new CommandException(ErrorCode.InvalidOptions, $"collation is not supported: {TypeNames.Show(document)}");
        }
    }

    private static bool IsKnown(Command command, string name) =>
        command.Fields.Contains(name)
        || command.IgnoredFields.Contains(name)
        || Effective.Contains(name)
        || Ignored.Contains(name);

    private static void CheckReadConcern(BsonDocument? concern)
    {
        var level = concern?.GetValue("level", null);
        if (level is BsonString { Value: "snapshot" or "linearizable" } text)
        {
            throw new CommandException(
                ErrorCode.NotAReplicaSet,
                $"node needs to be a replica set member to use readConcern: {{ level: \"{text.Value}\" }}");
        }

        if (level is not null and not BsonString { Value: "local" or "available" or "majority" })
        {
            throw new CommandException(ErrorCode.FailedToParse, "readConcern.level must be either 'local', 'majority', 'linearizable', 'available', or 'snapshot'");
        }
    }

    private static void CheckApiVersion(CommandContext context)
    {
        if (context.Body.GetValue("apiVersion", null) is { } version and not BsonString { Value: "1" })
        {
            throw new CommandException(ErrorCode.APIVersionError, $"API version must be \"1\", found {TypeNames.Show(version)}");
        }
    }
}
