using System.Text;
using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Sorting;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Planning;

/// <summary>Chooses how a query finds its documents.</summary>
/// <param name="collection">The collection.</param>
/// <param name="filters">Compiles the filters of partial indexes.</param>
internal sealed class QueryPlanner(Collection collection, PartialFilterCache filters)
{
    private const int MaxRanges = 4096;

    /// <summary>Chooses a plan.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="order">The order asked for; null for none.</param>
    /// <param name="hint">The index that the client wants; null for the best one.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="CommandException">The hint names no index, or <c>$text</c> has none.</exception>
    public QueryPlan Plan(Filter filter, SortPattern? order, IndexHint? hint)
    {
        var conditions = PathCondition.Of(filter);
        if (TextFilter.FindIn(filter) is { } text)
        {
            var words = TextPlanner.Plan(collection, filters, text, conditions);
            return order is not null && hint is null && words.HasAtLeast(ScoredPlan.MaxSortedKeys)
                && Best(conditions, order, static candidate => candidate is { IsSorted: true, Points: > 0 }) is { } ordered
                    ? ordered.Plan
                    : words;
        }

        if (hint is not null)
        {
            return hint.IsNatural
                ? new CollectionScanPlan(hint.IsForward)
                : Score(hint.Index!, conditions, order)?.Plan ?? FullScan(hint.Index!, order);
        }

        if (IdLookup(conditions) is { } byId)
        {
            return byId;
        }

        var best = Best(conditions, order);
        if (best is null or { Points: 0, HasRange: false } && Union(filter) is { } union)
        {
            return union;
        }

        return best is null ? new CollectionScanPlan() : best.Plan;
    }

    private static IdPlan? IdLookup(IReadOnlyList<PathCondition> conditions)
    {
        foreach (var condition in conditions)
        {
            if (condition is { Path: "_id", Group: 0, Predicate: EqualPredicate { Value: var id } }
                && id.BsonType is not (BsonType.Array or BsonType.Null or BsonType.Undefined))
            {
                return new IdPlan(RawCodec.Encode(id)) { IsSorted = true };
            }
        }

        return null;
    }

    private static IndexScanPlan FullScan(CollectionIndex index, SortPattern? order)
    {
        var direction = order is null ? 1 : SortCoverage.Direction(index, [], order);
        return new IndexScanPlan(index, [], [KeyRange.All], direction >= 0) { IsSorted = order is null || direction != 0 };
    }

    private ScoredPlan? Best(
        IReadOnlyList<PathCondition> conditions, SortPattern? order, Func<ScoredPlan, bool>? isWanted = null)
    {
        ScoredPlan? best = null;
        foreach (var index in collection.Indexes)
        {
            if (MayUse(index, conditions) && Score(index, conditions, order) is { } candidate
                && isWanted?.Invoke(candidate) != false && candidate.IsBetterThan(best))
            {
                best = candidate;
            }
        }

        return best;
    }

    private bool MayUse(CollectionIndex index, IReadOnlyList<PathCondition> conditions)
    {
        var definition = index.Definition;
        if (definition.IsText)
        {
            return false;
        }

        if (definition.PartialFilter is { } partial && !PartialIndexRule.Implies(conditions, filters.Get(partial)))
        {
            return false;
        }

        // Documents with none of the fields are not in a sparse index.
        return !definition.IsSparse || definition.Fields.Any(field =>
            conditions.Any(condition => condition.Path == field.Path.Text && condition.RejectsMissing()));
    }

    private static ScoredPlan? Score(CollectionIndex index, IReadOnlyList<PathCondition> conditions, SortPattern? order)
    {
        var bounds = IndexBounds.Of(index, conditions);
        var direction = order is null ? 0 : SortCoverage.Direction(index, bounds, order);
        if (bounds.Count == 0 && direction == 0)
        {
            return Existing(index, conditions);
        }

        var ranges = IndexBounds.ToRanges(index, bounds, MaxRanges);
        var plan = new IndexScanPlan(index, bounds, ranges, direction >= 0)
        {
            IsSorted = direction != 0,
            Text = TextOf(index, bounds, conditions),
        };
        var points = bounds.TakeWhile(bound => bound.ArePoints).Count();
        var isSingle = index.Definition.IsUnique && points == index.Definition.Fields.Count && ranges.Count == 1;
        return new ScoredPlan(plan, points, bounds.Count > points, plan.IsSorted, isSingle);
    }

    // A key has the bytes of its strings in it as they are, unless they are in descending order.
    private static KeyText? TextOf(
        CollectionIndex index, IReadOnlyList<FieldBounds> bounds, IReadOnlyList<PathCondition> conditions)
    {
        for (var i = 0; i < index.Definition.Fields.Count; i++)
        {
            var field = index.Definition.Fields[i];
            var found = field.Kind == IndexFieldKind.Ascending
                ? conditions.FirstOrDefault(condition => condition.Path == field.Path.Text
                    && condition.Predicate is RegexPredicate { Literal: { Length: > 0 } literal } && !literal.Contains((byte)0)
                    && IsOfTheKeysInBounds(index, i, bounds, condition))
                : null;
            if (found?.Predicate is RegexPredicate expression)
            {
                return new KeyText(expression.Literal!, Encoding.UTF8.GetBytes(expression.Expression.Pattern));
            }
        }

        return null;
    }

    // The keys of one array's elements are several: the one that meets the bounds has to be the one with the text.
    private static bool IsOfTheKeysInBounds(
        CollectionIndex index, int field, IReadOnlyList<FieldBounds> bounds, PathCondition condition) =>
        !IndexBounds.IsMultikey(index, field)
        || !bounds.Where((bound, i) => IndexBounds.IsMultikey(index, i) && (condition.Group == 0 || bound.Group != condition.Group)).Any();

    // A sparse index holds the documents that have the field, and none of the others.
    private static ScoredPlan? Existing(CollectionIndex index, IReadOnlyList<PathCondition> conditions) =>
        index.Definition.IsSparse && conditions.Any(condition =>
            condition.Predicate is ExistsPredicate && index.Definition.Fields.Any(field => field.Path.Text == condition.Path))
            ? new ScoredPlan(new IndexScanPlan(index, [], [KeyRange.All], true), 0, false, false, false)
            : null;

    // Every alternative needs an index of its own, or reading everything once is cheaper.
    private UnionPlan? Union(Filter filter)
    {
        var alternatives = filter switch
        {
            OrFilter only => only,
            AndFilter all => all.Filters.OfType<OrFilter>().FirstOrDefault(),
            _ => null,
        };
        if (alternatives is null)
        {
            return null;
        }

        var plans = new List<QueryPlan>();
        foreach (var alternative in alternatives.Filters)
        {
            var conditions = PathCondition.Of(alternative);
            QueryPlan? plan = IdLookup(conditions);
            plan ??= Best(conditions, null)?.Plan;
            if (plan is null)
            {
                return null;
            }

            plans.Add(plan);
        }

        return new UnionPlan(plans);
    }

    private sealed record ScoredPlan(IndexScanPlan Plan, int Points, bool HasRange, bool IsSorted, bool IsSingle)
    {
        /// <summary>With fewer keys than that, reading the documents and sorting them is better than walking an order.</summary>
        public const int MaxSortedKeys = 4_000;

        private const int MaxKeys = 1_000;

        private int? _keys;

        // How many keys there are to walk, as far as it is worth counting.
        private int Keys => _keys ??= KeysUpTo(MaxKeys);

        public bool IsBetterThan(ScoredPlan? other)
        {
            if (other is not null && IsSorted != other.IsSorted)
            {
                var (sorted, narrow) = IsSorted ? (this, other) : (other, this);
                if (sorted.MayEndSoonerThan(narrow))
                {
                    return (narrow.KeysUpTo(MaxSortedKeys) == MaxSortedKeys) == IsSorted;
                }
            }

            var difference = other is null ? 1 : Rank().CompareTo(other.Rank());
            if (difference == 0 && Points > 0 && !LooksUpTheSameAs(other!))
            {
                difference = other!.Keys.CompareTo(Keys);
            }

            return difference == 0 ? Simplicity().CompareTo(other!.Simplicity()) > 0 : difference > 0;
        }

        // Whoever walks an order stops when enough is found, which may be soon where much fits the other plan's bounds.
        private bool MayEndSoonerThan(ScoredPlan narrow) =>
            Points > 0 && !IsSingle && !narrow.IsSingle
            && (narrow.Points, narrow.HasRange || narrow.Plan.Text is not null).CompareTo((Points, HasRange)) > 0;

        private int KeysUpTo(int most) =>
            Plan.Ranges.SelectMany(range => Walk(Plan.Index.Scan(range, forward: true, Plan.Text))).Take(most).Count();

        private static IEnumerable<RecordId> Walk(IndexScan scan)
        {
            while (scan.MoveNext())
            {
                yield return scan.Current;
            }
        }

        private (bool, int, bool, bool) Rank() => (IsSingle, Points, IsSorted, HasRange);

        private (bool, int) Simplicity() => (!Plan.Index.IsMultikey, -Plan.Index.Definition.Fields.Count);

        private bool LooksUpTheSameAs(ScoredPlan other) => Paths().SequenceEqual(other.Paths(), StringComparer.Ordinal);

        private IEnumerable<string> Paths() =>
            Plan.Index.Definition.Fields.Take(Points).Select(field => field.Path.Text).Order(StringComparer.Ordinal);
    }
}
