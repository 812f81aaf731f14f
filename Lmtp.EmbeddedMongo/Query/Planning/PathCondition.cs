using Lmtp.EmbeddedMongo.Query.Filters;

namespace Lmtp.EmbeddedMongo.Query.Planning;

/// <summary>A condition that every document of a query's result fulfils on a path.</summary>
/// <param name="Path">The dotted path.</param>
/// <param name="Predicate">The condition.</param>
/// <param name="Group">0, or the number of the <c>$elemMatch</c> whose conditions hold for the same array element.</param>
internal sealed record PathCondition(string Path, ValuePredicate Predicate, int Group)
{
    /// <summary>Finds the conditions of a filter that must all hold.</summary>
    /// <param name="filter">The filter.</param>
    /// <returns>The conditions; alternatives and denials give none.</returns>
    public static IReadOnlyList<PathCondition> Of(Filter filter)
    {
        var conditions = new List<PathCondition>();
        var groups = 0;
        Collect(filter, string.Empty, 0, ref groups, conditions);
        return conditions;
    }

    /// <summary>Whether a document that lacks the field cannot fulfil the condition.</summary>
    /// <returns>True when the field must exist.</returns>
    public bool RejectsMissing() => Predicate switch
    {
        EqualPredicate equal => !equal.Value.IsBsonNull,
        RangePredicate range => !range.Value.IsBsonNull,
        InPredicate any => !any.Values.Any(value => value.IsBsonNull),
        RegexPredicate or ExistsPredicate or TypePredicate or SizePredicate or ModuloPredicate or ElementMatchPredicate => true,
        _ => false,
    };

    private static void Collect(Filter filter, string prefix, int group, ref int groups, List<PathCondition> conditions)
    {
        switch (filter)
        {
            case AndFilter conjunction:
                foreach (var part in conjunction.Filters)
                {
                    Collect(part, prefix, group, ref groups, conditions);
                }

                break;
            case PathFilter path:
                conditions.Add(new PathCondition(prefix + path.Path, path.Predicate, group));
                if (path.Predicate is DocumentElementMatchPredicate match && group == 0)
                {
                    Collect(match.Filter, prefix + path.Path + ".", ++groups, ref groups, conditions);
                }

                break;
        }
    }
}
