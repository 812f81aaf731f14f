using Lmtp.EmbeddedMongo.Commands.Cursors;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Query.Aggregation;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Reading;

/// <summary><c>aggregate</c>. Leading <c>$match</c>, <c>$sort</c>, <c>$skip</c> and <c>$limit</c> stages are run as a query.</summary>
/// <param name="database">The storage.</param>
/// <param name="cursors">Keeps what does not fit into the first batch.</param>
internal sealed class AggregateCommand(Database database, CursorRegistry cursors) : Command
{
    /// <inheritdoc />
    public override string Name => "aggregate";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["pipeline", "cursor", "hint", "let", "explain"];

    /// <inheritdoc />
    public override IReadOnlyList<string> IgnoredFields => ["allowDiskUse", "bypassDocumentValidation"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var pipeline = Pipeline.Parse(context.Array("pipeline") ?? throw context.Missing("pipeline"));
        if (Numbers.IsNumber(context.Body.GetElement(0).Value))
        {
            throw new CommandException(
                ErrorCode.InvalidNamespace,
                "{aggregate: 1} is not valid for a pipeline that reads a collection");
        }

        var ns = context.Collection();
        if (context.Flag("explain"))
        {
            var (request, _) = PipelinePushDown.Split(pipeline, context.Body.GetValue("hint", null));
            return ValueTask.FromResult<CommandReply>(ExplainCommand.Explain(
                database.Prepare(ns, request, context),
                context.Body,
                ns.Collection,
                executes: false,
                context));
        }

        if (context.Document("cursor") is null)
        {
            throw new CommandException(
                ErrorCode.FailedToParse,
                "The 'cursor' option is required, except for aggregate with the explain argument");
        }

        var documents = Run(ns, pipeline, context).Select(document => (ReadOnlyMemory<byte>)document.ToBson());
        return ValueTask.FromResult(CursorAnswers.First(cursors, new Cursor(ns.ToString(), documents, context.Budget), CursorAnswers.BatchSize(context), false));
    }

    private IEnumerable<BsonDocument> Run(Namespace ns, Pipeline pipeline, CommandContext context)
    {
        var (request, used) = PipelinePushDown.Split(pipeline, context.Body.GetValue("hint", null));
        var query = database.Prepare(ns, request, context);
        var rest = pipeline.From(used);
        var pipelineContext = new PipelineContext(context.Now, context.Variables)
        {
            TextPaths = QuerySource.TextPaths(query.Collection),
            Budget = context.Budget,
        };
        if (rest.Stages is [GroupStage { OnlyField: { } field } group, ..] && query.CountByValue(field) is { } counts)
        {
            return rest.From(1).Run(group.Run(counts, pipelineContext), pipelineContext);
        }

        var found = rest.Stages is [GroupStage { ReadsNothing: true }, ..]
            ? Nothings(query)
            : query.Run().Select(document => RawDocument.Decode(document.Bytes.Span));
        return rest.Run(found, pipelineContext);
    }

    // As many documents as there are, to be counted: nobody looks into them.
    private static IEnumerable<BsonDocument> Nothings(PreparedQuery query)
    {
        var nothing = new BsonDocument();
        for (var left = query.Count(); left > 0; left--)
        {
            yield return nothing;
        }
    }
}
