using Lmtp.EmbeddedMongo.Commands.Diagnostics;
using Lmtp.EmbeddedMongo.Query.Aggregation;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Reading;

/// <summary><c>explain</c>: how a command finds its documents, without changing any.</summary>
/// <param name="database">The storage.</param>
internal sealed class ExplainCommand(Database database) : Command
{
    /// <inheritdoc />
    public override string Name => "explain";

    /// <inheritdoc />
    public override IReadOnlyList<string> Fields => ["verbosity"];

    /// <inheritdoc />
    public override ValueTask<CommandReply> ExecuteAsync(CommandContext context)
    {
        var inner = context.Body.GetElement(0).Value as BsonDocument
            ?? throw new CommandException(ErrorCode.FailedToParse, "explain command requires a nested object");
        if (inner.ElementCount == 0 || inner.GetElement(0).Value is not BsonString collection)
        {
            throw new CommandException(ErrorCode.InvalidNamespace, "Invalid command to explain");
        }

        var verbosity = context.Text("verbosity") ?? "allPlansExecution";
        if (verbosity is not ("queryPlanner" or "executionStats" or "allPlansExecution"))
        {
            throw new CommandException(
                ErrorCode.FailedToParse,
                "verbosity string must be one of {'queryPlanner', 'executionStats', 'allPlansExecution'}");
        }

        var request = ToRequest(inner);
        var query = database.Prepare(NamespaceName.Create(context.Database, collection.Value), request, context);
        return ValueTask.FromResult<CommandReply>(Explain(query, inner, collection.Value, verbosity != "queryPlanner", context));
    }

    /// <summary>Describes a planned query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="command">The command that it is part of.</param>
    /// <param name="collection">The collection's name.</param>
    /// <param name="executes">Whether the query is run to count what it looks at.</param>
    /// <param name="context">The <c>explain</c> command.</param>
    /// <returns>The answer.</returns>
    public static BsonDocument Explain(PreparedQuery query, BsonDocument command, string collection, bool executes, CommandContext context)
    {
        var winning = PlanDescription.Describe(query);
        var reply = new BsonDocument
        {
            { "explainVersion", "1" },
            {
                "queryPlanner",
                new BsonDocument
                {
                    { "namespace", $"{context.Database}.{collection}" },
                    { "parsedQuery", query.Request.Filter },
                    { "winningPlan", winning },
                    { "rejectedPlans", new BsonArray() },
                }
            },
        };
        if (executes)
        {
            var found = query.Run().LongCount();
            reply.Add("executionStats", new BsonDocument
            {
                { "executionSuccess", true },
                { "nReturned", found },
                { "totalKeysExamined", query.Statistics.KeysExamined },
                { "totalDocsExamined", query.Statistics.DocumentsExamined },
                { "executionStages", winning },
            });
        }

        return reply
            .Add("command", command)
            .Add("serverInfo", new BsonDocument { { "host", Environment.MachineName }, { "version", ServerInformation.MongoVersion } })
            .Add("ok", 1.0);
    }

    private static QueryRequest ToRequest(BsonDocument command)
    {
        var name = command.GetElement(0).Name;
        var hint = command.GetValue("hint", null);
        switch (name)
        {
            case "find":
                return new QueryRequest(Document(command, "filter") ?? [], Document(command, "sort"), hint);
            case "count" or "distinct":
                return new QueryRequest(Document(command, "query") ?? [], null, hint);
            case "findAndModify" or "findandmodify":
                return new QueryRequest(Document(command, "query") ?? [], Document(command, "sort"), hint);
            case "aggregate":
                var pipeline = Pipeline.Parse(command.GetValue("pipeline", null) as BsonArray ?? []);
                return PipelinePushDown.Split(pipeline, hint).Request;
            case "update" or "delete":
                var statements = command.GetValue(name + "s", null) as BsonArray;
                return statements is [BsonDocument statement]
                    ? new QueryRequest(Document(statement, "q") ?? [], null, statement.GetValue("hint", null))
                    : throw new CommandException(ErrorCode.InvalidLength, "explained write batches must be of size 1");
            default:
                throw new CommandException(ErrorCode.CommandNotFound, $"Explain failed due to unknown command: {name}");
        }
    }

    private static BsonDocument? Document(BsonDocument command, string field) => command.GetValue(field, null) as BsonDocument;
}
