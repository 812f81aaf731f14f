using Lmtp.EmbeddedMongo.Commands.Reading;
using Lmtp.EmbeddedMongo.Engine;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Writing;

/// <summary><c>update</c>.</summary>
/// <param name="database">The storage.</param>
internal sealed class UpdateCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "update";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["updates", "ordered", "let"];

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["bypassDocumentValidation"];

    /// <inheritdoc />
    public override async ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var ns = context.Collection();
        var totals = new Totals();
        var errors = WriteBatch.Run(
            context,
            context.Documents("updates"),
            (statement, index) => Execute(ns, UpdateStatement.Parse(statement), index, totals, context));
        await database.WaitAsync(totals.Position, context);
        var reply = new BsonDocument { { "n", totals.Matched }, { "nModified", totals.Modified } };
        if (totals.Upserted.Count > 0)
        {
            reply.Add("upserted", totals.Upserted);
        }

        return WriteBatch.Finish(reply, errors);
    }

    private void Execute(Namespace ns, UpdateStatement statement, int index, Totals totals, CommandContext context)
    {
        var collection = statement.IsUpsert ? database.Engine.FindOrCreate(ns) : database.Engine.Find(ns);
        var query = database.Prepare(collection, statement.Request, context);
        var writer = new DocumentWriter(query, context);
        try
        {
            var inserted = UpsertRetry.Run<BsonDocument>(
                () => Apply(query, writer, statement, totals, context) ? [] : null,
                statement.IsUpsert ? () => writer.Upsert(collection!, statement.Update) : null);
            if (inserted is { ElementCount: > 0 })
            {
                totals.Upserted.Add(new BsonDocument { { "index", index }, { "_id", inserted["_id"] } });
                totals.Matched++;
            }
        }
        finally
        {
            totals.Position = LogPosition.Max(totals.Position, writer.Position);
        }
    }

    private static bool Apply(
        PreparedQuery query,
        DocumentWriter writer,
        UpdateStatement statement,
        Totals totals,
        CommandContext context)
    {
        var isMatched = false;

        // An update of many must not meet its own results, which may have moved forward in the index.
        foreach (var found in statement.IsMulti ? query.Run().ToList() : query.Run())
        {
            context.Budget.Check();
            var outcome = writer.Update(found.Record, statement.Update);
            totals.Matched += outcome.Matched ? 1 : 0;
            totals.Modified += outcome.IsModified ? 1 : 0;
            isMatched |= outcome.Matched;
            if (outcome.Matched && !statement.IsMulti)
            {
                break;
            }
        }

        return isMatched;
    }

    private sealed class Totals
    {
        public int Matched { get; set; }

        public int Modified { get; set; }

        public BsonArray Upserted { get; } = [];

        public LogPosition Position { get; set; }
    }
}
