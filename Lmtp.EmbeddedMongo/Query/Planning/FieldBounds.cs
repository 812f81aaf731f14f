using System.Text;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Planning;

/// <summary>The intervals of one index field that a query needs.</summary>
/// <param name="Intervals">The intervals in ascending order, which do not overlap.</param>
/// <param name="Group">The <c>$elemMatch</c> that the bounds come from; 0 for none.</param>
internal sealed record FieldBounds(IReadOnlyList<IndexInterval> Intervals, int Group)
{
    /// <summary>Whether every interval is a single value.</summary>
    public bool ArePoints => Intervals.All(interval => interval.IsPoint);

    /// <summary>Whether there is only one value.</summary>
    public bool IsPoint => Intervals.Count == 1 && Intervals[0].IsPoint;

    /// <summary>Finds the bounds that the conditions on a path give.</summary>
    /// <param name="conditions">The conditions on the path.</param>
    /// <param name="isMultikey">Whether the path leads through arrays, where two conditions may be met by two elements.</param>
    /// <returns>The narrowest bounds; null when no condition gives any.</returns>
    public static FieldBounds? Of(IReadOnlyList<PathCondition> conditions, bool isMultikey)
    {
        foreach (var condition in conditions)
        {
            if (condition.Predicate is EqualPredicate equal && IsIndexable(equal.Value))
            {
                return new FieldBounds([IndexInterval.Point(RawCodec.Encode(equal.Value))], condition.Group);
            }
        }

        foreach (var condition in conditions)
        {
            if (condition.Predicate is InPredicate { HasExpressions: false } any && any.Values.All(IsIndexable))
            {
                var points = any.Values
                    .Distinct(ValueOrder.Instance!)
                    .Order(ValueOrder.Instance!)
                    .Select(value => IndexInterval.Point(RawCodec.Encode(value)));
                return new FieldBounds([.. points], condition.Group);
            }
        }

        return Prefix(conditions) ?? Range(conditions, isMultikey);
    }

    private static FieldBounds? Prefix(IReadOnlyList<PathCondition> conditions)
    {
        foreach (var condition in conditions)
        {
            // An expression also fits a stored expression that is the same, which lies elsewhere in the index.
            if (condition.Predicate is RegexPredicate { Prefix.Length: > 0 } expression)
            {
                return new FieldBounds(
                    [
                        IndexInterval.Prefix(Encoding.UTF8.GetBytes(expression.Prefix)),
                        IndexInterval.Point(RawCodec.Encode(expression.Expression)),
                    ],
                    condition.Group);
            }
        }

        return null;
    }

    private static FieldBounds? Range(IReadOnlyList<PathCondition> conditions, bool isMultikey)
    {
        var ranges = conditions.Where(condition => condition.Predicate is RangePredicate range && IsRangeIndexable(range.Value)).ToList();
        if (ranges.Count == 0)
        {
            return null;
        }

        var first = ranges[0];
        var lower = ranges.Find(condition => ((RangePredicate)condition.Predicate).Kind is RangeKind.Greater or RangeKind.GreaterOrEqual);
        var upper = ranges.Find(condition => ((RangePredicate)condition.Predicate).Kind is RangeKind.Less or RangeKind.LessOrEqual);
        if (lower?.Predicate is RangePredicate from && upper?.Predicate is RangePredicate to
            && ValueOrder.Rank(from.Value) == ValueOrder.Rank(to.Value)
            && (!isMultikey || (lower.Group != 0 && lower.Group == upper.Group)))
        {
            var between = IndexInterval.Between(
                RawCodec.Encode(from.Value),
                from.Kind == RangeKind.GreaterOrEqual,
                RawCodec.Encode(to.Value),
                to.Kind == RangeKind.LessOrEqual);
            return new FieldBounds([between], lower.Group);
        }

        return new FieldBounds([OneSided((RangePredicate)first.Predicate)], first.Group);
    }

    private static IndexInterval OneSided(RangePredicate range)
    {
        var value = RawCodec.Encode(range.Value);
        return range.Kind is RangeKind.Greater or RangeKind.GreaterOrEqual
            ? IndexInterval.Above(value, range.Kind == RangeKind.GreaterOrEqual)
            : IndexInterval.Below(value, range.Kind == RangeKind.LessOrEqual);
    }

    // A whole array is not a key of its own, and undefined equals null without being encoded as it.
    private static bool IsIndexable(BsonValue value) => value is not (BsonArray or BsonUndefined);

    private static bool IsRangeIndexable(BsonValue value) => value.BsonType is not (BsonType.Array or BsonType.Null
        or BsonType.Undefined or BsonType.MinKey or BsonType.MaxKey or BsonType.RegularExpression);
}
