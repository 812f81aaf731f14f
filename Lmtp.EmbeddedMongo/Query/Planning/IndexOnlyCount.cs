using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Filters;
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
    public static long? Of(QueryPlan plan, Filter filter, TimeBudget budget)
    {
        if (plan is not IndexScanPlan { Index.IsMultikey: false } scan || !Decides(scan, filter))
        {
            return null;
        }

        var count = 0L;
        foreach (var range in scan.Ranges)
        {
            var keys = scan.Index.Scan(range);
            while (keys.MoveNext())
            {
                if (count++ % KeysBetweenChecks == 0)
                {
                    budget.Check();
                }
            }
        }

        return count;
    }

    private static bool Decides(IndexScanPlan scan, Filter filter)
    {
        IReadOnlyList<Filter> parts = filter is AndFilter all ? [.. all.Filters] : [filter];
        var bounded = scan.Index.Definition.Fields
            .Take(scan.Bounds.Count)
            .Where(field => field.Kind is IndexFieldKind.Ascending or IndexFieldKind.Descending)
            .Select(field => field.Path.Text)
            .ToHashSet(StringComparer.Ordinal);
        return parts.Count == scan.Bounds.Count && parts.All(part =>
            part is PathFilter { Predicate: EqualPredicate equal } path && HasOneKey(equal.Value) && bounded.Remove(path.Path));
    }

    // Numbers and null may equal values of other types, and documents and arrays have keys of their own.
    private static bool HasOneKey(BsonValue value) =>
        value.BsonType is BsonType.ObjectId or BsonType.Boolean or BsonType.String or BsonType.DateTime or BsonType.Binary;
}
