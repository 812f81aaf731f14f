using Lmtp.EmbeddedMongo.Commands;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Sorting;

/// <summary>An order that gives up when the command's time is over, in the middle of a sort.</summary>
/// <param name="order">The order.</param>
/// <param name="budget">The command's time.</param>
internal sealed class WatchedOrder(SortPattern order, TimeBudget budget) : IComparer<BsonValue[]>
{
    private const int ComparisonsBetweenLooks = 16;

    private int _comparisons;

    /// <inheritdoc />
    public int Compare(BsonValue[]? x, BsonValue[]? y)
    {
        if (++_comparisons % ComparisonsBetweenLooks == 0)
        {
            budget.Check();
        }

        return order.Compare(x, y);
    }
}
