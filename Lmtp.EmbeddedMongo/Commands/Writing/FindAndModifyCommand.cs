using Lmtp.EmbeddedMongo.Commands.Reading;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Projections;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Updates;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Writing;

/// <summary><c>findAndModify</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class FindAndModifyCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "findAndModify";

    /// <inheritdoc />
    public override IReadOnlyList<string> Aliases => ["findandmodify"];

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields =>
        ["query", "sort", "remove", "update", "new", "fields", "upsert", "arrayFilters", "hint", "let"];

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["bypassDocumentValidation"];

    /// <inheritdoc />
    public override async ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var ns = context.Collection();
        var update = ParseUpdate(context);
        var projection = Projection.Parse(context.Document("fields"), forFind: true);
        var request = new QueryRequest(
            context.Document("query") ?? [],
            context.Document("sort"),
            context.Body.GetValue("hint", null));
        var collection = context.Flag("upsert") ? database.Engine.FindOrCreate(ns) : database.Engine.Find(ns);
        var query = database.Prepare(collection, request, context);
        var writer = new DocumentWriter(query, context);
        var reply = UpsertRetry.Run(
            () => Modify(query, writer, update, projection, context),
            context.Flag("upsert") ? () => Insert(query, writer, update!, projection, context) : null);
        await database.WaitAsync(writer.Position, context);
        return reply ?? NotFound(update is null);
    }

    private static DocumentUpdate? ParseUpdate(CommandContext context)
    {
        var update = context.Body.GetValue("update", null);
        if (!context.Flag("remove"))
        {
            return DocumentUpdate.Parse(
                update ?? throw new CommandException(ErrorCode.FailedToParse, "Either an update or remove=true must be specified"),
                context.Array("arrayFilters"));
        }

        var conflict = update is not null
            ? "Cannot specify both an update and remove=true"
            : context.Flag("upsert")
                ? "Cannot specify both upsert=true and remove=true "
                : context.Flag("new")
                    ? "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document"
                    : null;
        return conflict is null ? null : throw new CommandException(ErrorCode.FailedToParse, conflict);
    }

    private static BsonDocument? Modify(
        PreparedQuery query,
        DocumentWriter writer,
        DocumentUpdate? update,
        Projection? projection,
        CommandContext context)
    {
        var isNew = context.Flag("new");
        foreach (var found in query.Run())
        {
            var outcome = update is null ? writer.Delete(found.Record) : writer.Update(found.Record, update);
            if (outcome.Matched)
            {
                var shown = RawDocument.Decode((isNew ? outcome.After : outcome.Before).Span);
                var result = new BsonDocument("n", 1);
                return Answer(
                    update is null ? result : result.Add("updatedExisting", true),
                    Project(projection, shown, outcome.ArrayIndex, context));
            }
        }

        return null;
    }

    private static BsonDocument Insert(
        PreparedQuery query,
        DocumentWriter writer,
        DocumentUpdate update,
        Projection? projection,
        CommandContext context)
    {
        var inserted = writer.Upsert(query.Collection!, update);
        return Answer(
            new BsonDocument { { "n", 1 }, { "updatedExisting", false }, { "upserted", inserted["_id"] } },
            context.Flag("new") ? Project(projection, inserted, -1, context) : BsonNull.Value);
    }

    private static BsonDocument NotFound(bool isRemove)
    {
        var result = new BsonDocument("n", 0);
        return Answer(isRemove ? result : result.Add("updatedExisting", false), BsonNull.Value);
    }

    private static BsonDocument Project(Projection? projection, BsonDocument document, int arrayIndex, CommandContext context) =>
        projection is null
            ? document
            : projection.Apply(document, new EvaluationScope(document, context.Now, context.Variables, context.Budget), arrayIndex);

    private static BsonDocument Answer(BsonDocument result, BsonValue value) =>
        new() { { "lastErrorObject", result }, { "value", value }, { "ok", 1.0 } };
}
