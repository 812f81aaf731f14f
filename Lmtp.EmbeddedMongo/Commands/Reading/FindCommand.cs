using Lmtp.EmbeddedMongo.Commands.Cursors;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Projections;
using Lmtp.EmbeddedMongo.Query.Raw;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Reading;

/// <summary><c>find</c>.</summary>
/// <param name="database">The storage.</param>
/// <param name="cursors">Keeps what does not fit into the first batch.</param>
internal sealed class FindCommand(Database database, CursorRegistry cursors) : Command
{
    private static readonly string[] Refused = ["tailable", "awaitData", "min", "max", "returnKey", "showRecordId"];

    /// <inheritdoc />
    public override string Name => "find";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields =>
    [
        "filter", "sort", "projection", "hint", "skip", "limit", "batchSize", "singleBatch", "let", "noCursorTimeout", .. Refused,
    ];

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["allowDiskUse", "allowPartialResults", "oplogReplay"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        RejectRefused(context);
        var ns = context.Collection();
        var request = new QueryRequest(
            context.Document("filter") ?? [],
            context.Document("sort"),
            context.Body.GetValue("hint", null),
            context.Integer("skip", 0),
            context.Integer("limit", 0));
        var projection = Projection.Parse(context.Document("projection"), forFind: true);
        var found = database.Prepare(ns, request, context).Run();
        var documents = Project(found, projection, context);
        var cursor = new Cursor(ns.ToString(), documents, context.Budget, context.Flag("noCursorTimeout"));
        var batchSize = context.Integer("batchSize", CursorAnswers.DefaultFirstBatch);
        return ValueTask.FromResult(CursorAnswers.First(cursors, cursor, batchSize, context.Flag("singleBatch")));
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Project(
        IEnumerable<FoundDocument> found,
        Projection? projection,
        CommandContext context)
    {
        switch (projection)
        {
            case null:
                return found.Select(document => document.Bytes);
            case { Raw: { } raw }:
                return found.Select(document => (ReadOnlyMemory<byte>)raw.Apply(document.Bytes.Span));
        }

        var variables = context.Variables;
        return found.Select(document =>
        {
            var scope = new EvaluationScope(RawDocument.Decode(document.Bytes.Span), context.Now, variables, context.Budget);
            return (ReadOnlyMemory<byte>)projection.Apply(scope.Root, scope, document.ArrayIndex).ToBson();
        });
    }

    private static void RejectRefused(CommandContext context)
    {
        foreach (var name in Refused)
        {
            if (context.Body.GetValue(name, null) is { } value && value is BsonDocument or BsonBoolean { Value: true })
            {
                throw new CommandException(ErrorCode.InvalidOptions, $"find option '{name}' is not supported");
            }
        }
    }
}
