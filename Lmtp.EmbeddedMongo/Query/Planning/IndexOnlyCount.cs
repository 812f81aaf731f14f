using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Planning;

/// <summary>
/// Counts documents by the keys of an index, without reading them: where a filter asks for nothing but values of the fields
/// that the index's range is made of, every key in the range is a document of the result.
/// </summary>
internal static class IndexOnlyCount
{
    private const int KeysBetweenChecks = 4_096;

    /// <summary>Counts, if keys alone decide about the filter.</summary>
    /// <param name="plan">How the query finds its documents.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="budget">Ends it when the command's time is over.</param>
    /// <returns>How many there are; null where the documents have to be read.</returns>
    public static long? Of(QueryPlan plan, Filter filter, TimeBudget budget) =>
        plan is IndexScanPlan { Index.IsMultikey: false } scan && Decides(scan, PartsOf(filter), anyOf: null)
            ? scan.Ranges.Sum(range => Count(scan.Index, range, budget))
            : null;

    /// <summary>Counts the documents with each value of a field, if keys alone decide about the filter and it names the values.</summary>
    /// <param name="plan">How the query finds its documents.</param>
    /// <param name="filter">The filter: equality, but for the field, which may be one of several values.</param>
    /// <param name="field">The path of the field.</param>
    /// <param name="budget">Ends it when the command's time is over.</param>
    /// <returns>The values that there are, and how many documents have each; null where the documents have to be read.</returns>
    public static IEnumerable<(BsonValue Value, long Count)>? ByValue(QueryPlan plan, Filter filter, string field, TimeBudget budget)
    {
        var parts = PartsOf(filter);
        if (plan is not IndexScanPlan { Index.IsMultikey: false } scan || !Decides(scan, parts, field))
        {
            return null;
        }

        var predicates = parts.Cast<PathFilter>().ToDictionary(part => part.Path, part => part.Predicate, StringComparer.Ordinal);
        var paths = scan.Index.Definition.Fields.Take(scan.Bounds.Count).Select(bounded => bounded.Path.Text).ToList();
        return predicates.TryGetValue(field, out var alternatives)
            ? ValuesOf(alternatives)!.Distinct(ValueOrder.Instance!)
                .Select(value => (value, Count(scan.Index, RangeOf(value), budget)))
                .Where(counted => counted.Item2 > 0)
            : null;

        KeyRange RangeOf(BsonValue value) => scan.Index.ToKeyRange(
            [.. paths.Select(path => IndexInterval.Point(RawCodec.Encode(path == field ? value : ValuesOf(predicates[path])![0])))]);
    }

    private static long Count(CollectionIndex index, KeyRange range, TimeBudget budget)
    {
        var count = 0L;
        budget.Check();
        for (var keys = index.Scan(range); keys.MoveNext();)
        {
            if (++count % KeysBetweenChecks == 0)
            {
                budget.Check();
            }
        }

        return count;
    }

    private static IReadOnlyList<Filter> PartsOf(Filter filter) => filter is AndFilter all ? [.. all.Filters] : [filter];

    private static bool Decides(IndexScanPlan scan, IReadOnlyList<Filter> parts, string? anyOf)
    {
        var bounded = scan.Index.Definition.Fields
            .Take(scan.Bounds.Count)
            .Where(field => field.Kind is IndexFieldKind.Ascending or IndexFieldKind.Descending)
            .Select(field => field.Path.Text)
            .ToHashSet(StringComparer.Ordinal);
        return parts.Count == scan.Bounds.Count && parts.All(part =>
            part is PathFilter path && ValuesOf(path.Predicate) is { } values
            && (values.Count == 1 || path.Path == anyOf) && values.All(HasOneKey) && bounded.Remove(path.Path));
    }

    private static IReadOnlyList<BsonValue>? ValuesOf(ValuePredicate predicate) => predicate switch
    {
        EqualPredicate equal => [equal.Value],
        InPredicate { HasExpressions: false } any => any.Values,
        _ => null,
    };

    // Numbers and null may equal values of other types, and documents and arrays have keys of their own.
    private static bool HasOneKey(BsonValue value) =>
        value.BsonType is BsonType.ObjectId or BsonType.Boolean or BsonType.String or BsonType.DateTime or BsonType.Binary;
}
