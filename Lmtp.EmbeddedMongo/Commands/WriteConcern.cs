using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>What a client wants to be sure of before a write is answered.</summary>
/// <param name="IsJournaled">Whether the write must be on disk: <c>j: true</c> or <c>w: "majority"</c>.</param>
internal readonly record struct WriteConcern(bool IsJournaled)
{
    /// <summary>Parses a write concern.</summary>
    /// <param name="document">The <c>writeConcern</c> field; null when there is none.</param>
    /// <returns>The write concern.</returns>
    /// <exception cref="CommandException">It asks for more nodes than there are, or cannot be read.</exception>
    public static WriteConcern Parse(BsonDocument? document)
    {
        if (document is null)
        {
            return default;
        }

        var isJournaled = document.GetValue("j", null) is { } journal && Query.Expressions.Expression.IsTrue(journal);
        foreach (var field in document)
        {
            switch (field.Name)
            {
                case "w" when field.Value is BsonString { Value: "majority" }:
                    isJournaled = true;
                    break;
                case "w" when field.Value is BsonString:
                    throw new CommandException(ErrorCode.BadValue, "cannot use non-majority 'w' mode when a host is not a member of a replica set");
                case "w" when !Numbers.IsNumber(field.Value):
                    throw new CommandException(ErrorCode.FailedToParse, "w has to be a number, string, or object");
                case "w" when Numbers.ToDouble(field.Value) > 1:
                    throw new CommandException(ErrorCode.BadValue, "cannot use 'w' > 1 when a host is not replicated");
                case "w" or "j" or "wtimeout" or "fsync" or "provenance":
                    break;
                default:
                    throw new CommandException(ErrorCode.IDLUnknownField, $"BSON field 'writeConcern.{field.Name}' is an unknown field.");
            }
        }

        return new WriteConcern(isJournaled);
    }
}
