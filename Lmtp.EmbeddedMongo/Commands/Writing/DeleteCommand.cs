using Lmtp.EmbeddedMongo.Commands.Reading;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Writing;

/// <summary><c>delete</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class DeleteCommand(Database database) : Command
{
    private static readonly string[] StatementFields = ["q", "limit", "hint", "collation"];

    /// <inheritdoc />
    public override string Name => "delete";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["deletes", "ordered", "let"];

    /// <inheritdoc />
    public override async ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var ns = context.Collection();
        var deleted = 0;
        LogPosition position = default;
        var errors = WriteBatch.Run(context, context.Documents("deletes"), (statement, _) =>
        {
            StatementCheck.Fields("delete.deletes", statement, StatementFields);
            var request = new QueryRequest(StatementCheck.Query("delete.deletes", statement), null, statement.GetValue("hint", null));
            var isSingle = IsSingle(statement);
            var query = database.Prepare(ns, request, context);
            var writer = new DocumentWriter(query, context);
            foreach (var found in isSingle ? query.Run() : query.Run().ToList())
            {
                context.Budget.Check();
                deleted += writer.Delete(found.Record).Matched ? 1 : 0;
                if (isSingle && writer.Position.Value > 0)
                {
                    break;
                }
            }

            position = LogPosition.Max(position, writer.Position);
        });
        await database.WaitAsync(position, context);
        return WriteBatch.Finish(new BsonDocument("n", deleted), errors);
    }

    private static bool IsSingle(BsonDocument statement)
    {
        var limit = statement.GetValue("limit", null) is { } value && Numbers.IsNumber(value) ? Numbers.ToDouble(value) : -1;
        return limit is 0 or 1
            ? limit == 1
            : throw new CommandException(ErrorCode.FailedToParse, "The limit field in delete objects must be 0 or 1.");
    }
}
