using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Query.Planning;

/// <summary>Turns a query's conditions into ranges of an index's keys.</summary>
internal static class IndexBounds
{
    /// <summary>The bounds of an index's leading fields.</summary>
    /// <param name="index">The index.</param>
    /// <param name="conditions">What holds for every document of the result.</param>
    /// <returns>Bounds from the first field on; empty when the first field has none.</returns>
    public static IReadOnlyList<FieldBounds> Of(CollectionIndex index, IReadOnlyList<PathCondition> conditions)
    {
        var bounds = new List<FieldBounds>();
        var fields = index.Definition.Fields;
        for (var i = 0; i < fields.Count; i++)
        {
            var isMultikey = IsMultikey(index, i);
            var path = fields[i].Path;
            var own = conditions
                .Where(condition => condition.Path == path.Text && MayBound(index, bounds, i, condition))
                .ToList();
            if (HasPosition(path)
                || FieldBounds.Of(own, isMultikey) is not { } bound
                || (fields[i].Kind == IndexFieldKind.Hashed && !bound.ArePoints))
            {
                break;
            }

            bounds.Add(bound);
            if (!bound.ArePoints)
            {
                break;
            }
        }

        return bounds;
    }

    /// <summary>The ranges of keys that bounds stand for.</summary>
    /// <param name="index">The index.</param>
    /// <param name="bounds">The bounds of the leading fields.</param>
    /// <param name="limit">The most ranges; with more, later fields are left unbounded.</param>
    /// <returns>The ranges in ascending order of the index.</returns>
    public static IReadOnlyList<KeyRange> ToRanges(CollectionIndex index, IReadOnlyList<FieldBounds> bounds, int limit)
    {
        List<IndexInterval[]> combinations = [[]];
        for (var i = 0; i < bounds.Count; i++)
        {
            IEnumerable<IndexInterval> intervals = bounds[i].Intervals;
            if (index.Definition.Fields[i].IsDescending)
            {
                intervals = intervals.Reverse();
            }

            var next = combinations.SelectMany(prefix => intervals.Select(interval => (IndexInterval[])[.. prefix, interval])).ToList();
            if (next.Count > limit && i > 0)
            {
                break;
            }

            combinations = next;
        }

        return [.. combinations.Select(combination => index.ToKeyRange(combination)).Where(range => !range.IsEmpty)];
    }

    /// <summary>Whether a field of an index led through an array in some document.</summary>
    /// <param name="index">The index.</param>
    /// <param name="field">The field's number.</param>
    /// <returns>True when it did.</returns>
    public static bool IsMultikey(CollectionIndex index, int field) => (index.MultikeyFields & (1UL << field)) != 0;

    // Two fields below the same array have keys element by element: conditions that two different elements may meet
    // must not be looked up together.
    private static bool MayBound(CollectionIndex index, List<FieldBounds> bounds, int field, PathCondition condition)
    {
        if (!IsMultikey(index, field))
        {
            return true;
        }

        var fields = index.Definition.Fields;
        var root = fields[field].Path.Names[0];
        for (var i = 0; i < bounds.Count; i++)
        {
            var sharesArray = IsMultikey(index, i) && fields[i].Path.Names[0].AsSpan().SequenceEqual(root);
            if (sharesArray && (condition.Group == 0 || condition.Group != bounds[i].Group))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasPosition(Bson.BsonPath path)
    {
        for (var depth = 0; depth < path.Names.Length; depth++)
        {
            if (path.PositionAt(depth) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
