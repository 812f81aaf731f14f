using Lmtp.EmbeddedMongo.Query.Aggregation;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Commands.Reading;

/// <summary>Turns the leading <c>$match</c>, <c>$sort</c>, <c>$skip</c> and <c>$limit</c> stages of a pipeline into a query.</summary>
internal static class PipelinePushDown
{
    /// <summary>Splits a pipeline.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="hint">The index to use; null for the planner's choice.</param>
    /// <returns>The query, and how many stages it stands for.</returns>
    public static (QueryRequest Request, int Used) Split(Pipeline pipeline, BsonValue? hint)
    {
        var request = new QueryRequest([], null, hint);
        var used = 0;
        foreach (var stage in pipeline.Stages)
        {
            switch (stage)
            {
                case MatchStage match when used == 0:
                    request = request with { Filter = match.Document };
                    break;
                case SortStage sort when request is { Sort: null, Skip: 0, Limit: 0 }:
                    request = request with { Sort = sort.Document };
                    break;
                case SkipStage skip when request is { Skip: 0, Limit: 0 }:
                    request = request with { Skip = skip.Count };
                    break;
                case LimitStage limit when request.Limit == 0:
                    request = request with { Limit = limit.Limit };
                    break;
                default:
                    return (request, used);
            }

            used++;
        }

        return (request, used);
    }
}
