using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Aggregation;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>An update written as a pipeline of <c>$set</c>, <c>$unset</c>, <c>$project</c> and <c>$replaceRoot</c> stages.</summary>
internal sealed class PipelineUpdate : DocumentUpdate
{
    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        "$set", "$addFields", "$unset", "$project", "$replaceRoot", "$replaceWith",
    };

    private readonly Pipeline _pipeline;

    /// <summary>Makes the update.</summary>
    /// <param name="stages">The stages.</param>
    public PipelineUpdate(BsonArray stages)
    {
        foreach (var stage in stages.OfType<BsonDocument>().Where(stage => stage.ElementCount == 1))
        {
            var name = stage.GetElement(0).Name;
            if (Pipeline.IsKnownStage(name) && !Allowed.Contains(name))
            {
                throw new CommandException(
                    ErrorCode.InvalidOptions,
                    $"{name} is not allowed to be used within an update");
            }
        }

        _pipeline = Pipeline.Parse(stages);
    }

    /// <summary>The stages that an update may have.</summary>
    public static IEnumerable<string> AllowedStages => Allowed;

    /// <inheritdoc />
    protected override BsonDocument Transform(BsonDocument document, UpdateContext context)
    {
        var id = document.GetValue("_id", null);
        var result = _pipeline.Run([document], new PipelineContext(context.Now, context.Variables) { Budget = context.Budget }).Single();
        if (id is not null && !result.Contains("_id"))
        {
            result.InsertAt(0, new BsonElement("_id", id));
        }

        return result;
    }
}
