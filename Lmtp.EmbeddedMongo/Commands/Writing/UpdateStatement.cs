using Lmtp.EmbeddedMongo.Commands.Reading;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Updates;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Writing;

/// <summary>One statement of an <c>update</c> command.</summary>
/// <param name="Request">Which documents.</param>
/// <param name="Update">What is done with them.</param>
/// <param name="IsMulti">Whether all of them are updated.</param>
/// <param name="IsUpsert">Whether a document is inserted when there are none.</param>
internal sealed record UpdateStatement(QueryRequest Request, DocumentUpdate Update, bool IsMulti, bool IsUpsert)
{
    private static readonly string[] Fields = ["q", "u", "multi", "upsert", "hint", "arrayFilters", "collation"];

    /// <summary>Parses a statement.</summary>
    /// <param name="statement">The statement's document.</param>
    /// <returns>The statement.</returns>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static UpdateStatement Parse(BsonDocument statement)
    {
        StatementCheck.Fields("update.updates", statement, Fields);
        var query = StatementCheck.Query("update.updates", statement);
        var value = statement.GetValue("u", null)
            ?? throw new CommandException(ErrorCode.IDLFailedToParse, "BSON field 'update.updates.u' is missing but a required field");
        var update = DocumentUpdate.Parse(value, statement.GetValue("arrayFilters", null) as BsonArray);
        var isMulti = Expression.IsTrue(statement.GetValue("multi", null));
        return isMulti && update.IsReplacement
            ? throw new CommandException(ErrorCode.FailedToParse, "multi update is not supported for replacement-style update")
            : new UpdateStatement(
                new QueryRequest(query, null, statement.GetValue("hint", null)),
                update,
                isMulti,
                Expression.IsTrue(statement.GetValue("upsert", null)));
    }
}
