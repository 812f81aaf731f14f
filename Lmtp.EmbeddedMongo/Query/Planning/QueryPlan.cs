using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Query.Planning;

/// <summary>How a query finds its candidates, which are tested against the whole filter afterwards.</summary>
internal abstract record QueryPlan
{
    /// <summary>Whether the candidates come in the order that the query asks for.</summary>
    public bool IsSorted { get; init; }

    /// <summary>The candidates.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="statistics">Counts what is looked at.</param>
    /// <returns>Records, each once.</returns>
    public abstract IEnumerable<RecordId> Candidates(Collection collection, PlanStatistics statistics);
}

/// <summary>Counts what a running plan looks at, for <c>explain</c>.</summary>
internal sealed class PlanStatistics
{
    /// <summary>Index entries looked at.</summary>
    public long KeysExamined { get; set; }

    /// <summary>Documents read.</summary>
    public long DocumentsExamined { get; set; }
}

/// <summary>Reads all documents.</summary>
/// <param name="IsForward">Whether the oldest comes first.</param>
internal sealed record CollectionScanPlan(bool IsForward = true) : QueryPlan
{
    /// <inheritdoc />
    public override IEnumerable<RecordId> Candidates(Collection collection, PlanStatistics statistics)
    {
        var scan = collection.Scan(IsForward);
        while (scan.MoveNext())
        {
            yield return scan.Current;
        }
    }
}

/// <summary>Finds nothing, because the conditions contradict each other.</summary>
internal sealed record EmptyPlan : QueryPlan
{
    /// <inheritdoc />
    public override IEnumerable<RecordId> Candidates(Collection collection, PlanStatistics statistics) => [];
}

/// <summary>Looks up one <c>_id</c>.</summary>
/// <param name="Id">The <c>_id</c>.</param>
internal sealed record IdPlan(Bson.RawBsonValue Id) : QueryPlan
{
    /// <inheritdoc />
    public override IEnumerable<RecordId> Candidates(Collection collection, PlanStatistics statistics)
    {
        statistics.KeysExamined++;
        return collection.FindById(Id.Slice) is { } record ? [record] : [];
    }
}

/// <summary>Walks ranges of an index.</summary>
/// <param name="Index">The index.</param>
/// <param name="Bounds">The bounds of the leading fields.</param>
/// <param name="Ranges">The ranges of keys, in ascending order.</param>
/// <param name="IsForward">Whether the lowest key comes first.</param>
internal sealed record IndexScanPlan(
    CollectionIndex Index,
    IReadOnlyList<FieldBounds> Bounds,
    IReadOnlyList<KeyRange> Ranges,
    bool IsForward) : QueryPlan
{
    /// <summary>
    /// What a key has to have in it, so that the documents of other keys need not be read; null where nothing is known.
    /// </summary>
    public KeyText? Text { get; init; }

    /// <inheritdoc />
    public override IEnumerable<RecordId> Candidates(Collection collection, PlanStatistics statistics)
    {
        var seen = Ranges.Count > 1 && Index.IsMultikey ? new HashSet<RecordId>() : null;
        foreach (var range in IsForward ? Ranges : Ranges.Reverse())
        {
            var scan = Index.Scan(range, IsForward, Text);
            while (scan.MoveNext())
            {
                statistics.KeysExamined++;
                if (seen is null || seen.Add(scan.Current))
                {
                    yield return scan.Current;
                }
            }
        }
    }
}

/// <summary>Walks the words of a text index.</summary>
/// <param name="Index">The index.</param>
/// <param name="Ranges">The ranges of keys, one a word.</param>
internal sealed record TextPlan(CollectionIndex Index, IReadOnlyList<KeyRange> Ranges) : QueryPlan
{
    /// <summary>Whether there are so many keys to walk.</summary>
    public bool HasAtLeast(int count) => Walk(new PlanStatistics()).Take(count).Count() == count;

    /// <inheritdoc />
    public override IEnumerable<RecordId> Candidates(Collection collection, PlanStatistics statistics) => Walk(statistics);

    private IEnumerable<RecordId> Walk(PlanStatistics statistics)
    {
        var seen = new HashSet<RecordId>();
        foreach (var range in Ranges)
        {
            var scan = Index.Scan(range);
            while (scan.MoveNext())
            {
                statistics.KeysExamined++;
                if (seen.Add(scan.Current))
                {
                    yield return scan.Current;
                }
            }
        }
    }
}

/// <summary>Carries out several plans, one for each alternative of an <c>$or</c>.</summary>
/// <param name="Plans">The plans.</param>
internal sealed record UnionPlan(IReadOnlyList<QueryPlan> Plans) : QueryPlan
{
    /// <inheritdoc />
    public override IEnumerable<RecordId> Candidates(Collection collection, PlanStatistics statistics)
    {
        var seen = new HashSet<RecordId>();
        return Plans.SelectMany(plan => plan.Candidates(collection, statistics)).Where(seen.Add);
    }
}
