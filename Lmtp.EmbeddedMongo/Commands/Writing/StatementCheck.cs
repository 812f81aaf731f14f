using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Writing;

/// <summary>Checks the statements of <c>update</c> and <c>delete</c>.</summary>
internal static class StatementCheck
{
    /// <summary>Rejects fields that a statement does not have, and collations.</summary>
    /// <param name="name">The array's name, for the error text.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="known">The fields that a statement has.</param>
    public static void Fields(string name, BsonDocument statement, string[] known)
    {
        var unknown = statement.Names.FirstOrDefault(field => !known.Contains(field));
        if (unknown is not null)
        {
            throw new CommandException(ErrorCode.IDLUnknownField, $"BSON field '{name}.{unknown}' is an unknown field.");
        }

        CommonFields.RejectCollation(statement.GetValue("collation", null));
    }

    /// <summary>The filter of a statement.</summary>
    /// <param name="name">The array's name, for the error text.</param>
    /// <param name="statement">The statement.</param>
    /// <returns>The filter document.</returns>
    public static BsonDocument Query(string name, BsonDocument statement) => statement.GetValue("q", null) switch
    {
        BsonDocument query => query,
        null => throw new CommandException(ErrorCode.IDLFailedToParse, $"BSON field '{name}.q' is missing but a required field"),
        var value => throw new CommandException(
            ErrorCode.TypeMismatch,
            $"BSON field '{name}.q' is the wrong type '{TypeNames.Of(value)}', expected type 'object'"),
    };
}
