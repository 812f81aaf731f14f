using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Planning;

/// <summary>Decides whether all documents that a query can find are in a partial index.</summary>
internal static class PartialIndexRule
{
    /// <summary>Whether a filter is made of what MongoDB takes for a partial index.</summary>
    /// <param name="filter">The filter.</param>
    /// <returns>True when an index may have it.</returns>
    public static bool IsSupported(Filter filter) => filter switch
    {
        AndFilter conjunction => conjunction.Filters.All(IsSupported),
        OrFilter alternatives => alternatives.Filters.All(IsSupported),
        PathFilter path => path.Predicate
            is EqualPredicate or RangePredicate or ExistsPredicate or TypePredicate or InPredicate { HasExpressions: false },
        _ => false,
    };

    /// <summary>Whether a query's conditions imply a partial index's filter.</summary>
    /// <param name="conditions">What holds for every document of the result.</param>
    /// <param name="partialFilter">The index's filter.</param>
    /// <returns>True when the index may be used.</returns>
    public static bool Implies(IReadOnlyList<PathCondition> conditions, Filter partialFilter) => partialFilter switch
    {
        AndFilter conjunction => conjunction.Filters.All(part => Implies(conditions, part)),
        OrFilter alternatives => alternatives.Filters.Any(part => Implies(conditions, part)),
        PathFilter path => conditions.Any(condition =>
            condition.Group == 0 && condition.Path == path.Path && Implies(condition, path.Predicate)),
        _ => false,
    };

    private static bool Implies(PathCondition condition, ValuePredicate required) => (condition.Predicate, required) switch
    {
        (_, ExistsPredicate) => condition.RejectsMissing(),
        (EqualPredicate given, EqualPredicate wanted) => ValueOrder.Instance.Equals(given.Value, wanted.Value),
        (EqualPredicate given, _) => Fits(given.Value, required),
        (InPredicate { HasExpressions: false } given, _) => given.Values.Count > 0 && given.Values.All(value => Fits(value, required)),
        (RangePredicate given, RangePredicate wanted) => IsNarrower(given, wanted),
        _ => false,
    };

    private static bool Fits(BsonValue value, ValuePredicate required) =>
        value is not BsonArray && required.Matches(new RawConstant(value).Slice, new MatchState());

    private static bool IsNarrower(RangePredicate given, RangePredicate wanted)
    {
        if (ValueOrder.Rank(given.Value) != ValueOrder.Rank(wanted.Value))
        {
            return false;
        }

        var order = ValueOrder.Instance.Compare(given.Value, wanted.Value);
        return (given.Kind, wanted.Kind) switch
        {
            (RangeKind.Greater, RangeKind.Greater or RangeKind.GreaterOrEqual) => order >= 0,
            (RangeKind.GreaterOrEqual, RangeKind.GreaterOrEqual) => order >= 0,
            (RangeKind.GreaterOrEqual, RangeKind.Greater) => order > 0,
            (RangeKind.Less, RangeKind.Less or RangeKind.LessOrEqual) => order <= 0,
            (RangeKind.LessOrEqual, RangeKind.LessOrEqual) => order <= 0,
            (RangeKind.LessOrEqual, RangeKind.Less) => order < 0,
            _ => false,
        };
    }
}
