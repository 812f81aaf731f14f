using Lmtp.EmbeddedMongo.Commands;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Aggregation;

/// <summary>A parsed aggregation pipeline.</summary>
internal sealed class Pipeline
{
    private static readonly Dictionary<string, Func<BsonValue, Stage>> Factories = new(StringComparer.Ordinal)
    {
        ["$match"] = MatchStage.Parse,
        ["$project"] = ProjectStage.Parse,
        ["$set"] = static value => SetStage.Parse("$set", value),
        ["$addFields"] = static value => SetStage.Parse("$addFields", value),
        ["$unset"] = ProjectStage.ParseUnset,
        ["$sort"] = SortStage.Parse,
        ["$limit"] = LimitStage.Parse,
        ["$skip"] = SkipStage.Parse,
        ["$count"] = CountStage.Parse,
        ["$group"] = GroupStage.Parse,
        ["$sortByCount"] = GroupStage.ParseSortByCount,
        ["$unwind"] = UnwindStage.Parse,
        ["$replaceRoot"] = ReplaceRootStage.Parse,
        ["$replaceWith"] = ReplaceRootStage.ParseReplaceWith,
    };

    private readonly IReadOnlyList<Stage> _stages;

    private Pipeline(IReadOnlyList<Stage> stages) => _stages = stages;

    /// <summary>The names of all stages.</summary>
    public static IEnumerable<string> StageNames => Factories.Keys;

    /// <summary>The stages in order.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    /// <summary>Whether there is a stage of that name.</summary>
    /// <param name="name">The name with its dollar sign.</param>
    /// <returns>True when the stage is offered.</returns>
    public static bool IsKnownStage(string name) => Factories.ContainsKey(name);

    /// <summary>Parses a pipeline.</summary>
    /// <param name="pipeline">The stages.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="CommandException">A stage is unknown or misused.</exception>
    public static Pipeline Parse(BsonArray pipeline) => new([.. pipeline.SelectMany(ParseStage)]);

    /// <summary>The stages from one on.</summary>
    /// <param name="first">The index of the first one.</param>
    /// <returns>The rest of the pipeline.</returns>
    public Pipeline From(int first) => new([.. _stages.Skip(first)]);

    /// <summary>Runs documents through the stages.</summary>
    /// <param name="documents">The documents; stages may keep and change them.</param>
    /// <param name="context">What the stages need to know.</param>
    /// <returns>What comes out, made while it is read.</returns>
    public IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> documents, PipelineContext context) =>
        context.Watch(_stages.Aggregate(documents, (input, stage) => Run(stage, input, context)));

    // Limits are let through to the sort in front of them, which then need not sort everything.
    private static IEnumerable<BsonDocument> Run(Stage stage, IEnumerable<BsonDocument> input, PipelineContext context) =>
        stage.Run(stage is LimitStage or SkipStage ? input : context.Watch(input), context);

    private static IEnumerable<Stage> ParseStage(BsonValue value)
    {
        if (value is not BsonDocument document)
        {
            throw new CommandException(ErrorCode.TypeMismatch, "Each element of the 'pipeline' array must be an object");
        }

        if (document.ElementCount != 1)
        {
            throw new CommandException(
                ErrorCode.Location40323,
                "A pipeline stage specification object must contain exactly one field.");
        }

        var (name, argument) = (document.GetElement(0).Name, document.GetElement(0).Value);
        if (name == "$changeStream")
        {
            throw new CommandException(ErrorCode.Location40573, "The $changeStream stage is only supported on replica sets");
        }

        if (!Factories.TryGetValue(name, out var create))
        {
            throw new CommandException(ErrorCode.Location40324, $"Unrecognized pipeline stage name: '{name}'");
        }

        yield return create(argument);
        if (name == "$sortByCount")
        {
            yield return SortStage.Parse(new BsonDocument("count", -1));
        }
    }
}
