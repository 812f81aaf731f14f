using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Sorting;

namespace Lmtp.EmbeddedMongo.Query.Planning;

/// <summary>Decides whether an index gives a query's order.</summary>
internal static class SortCoverage
{
    /// <summary>The direction in which walking the index gives the order.</summary>
    /// <param name="index">The index.</param>
    /// <param name="bounds">The bounds of its leading fields.</param>
    /// <param name="order">The order asked for.</param>
    /// <returns>1 forward, -1 backward, 0 when the index does not give the order.</returns>
    public static int Direction(CollectionIndex index, IReadOnlyList<FieldBounds> bounds, SortPattern order)
    {
        var fields = index.Definition.Fields;
        var direction = 0;
        var key = 0;
        for (var i = 0; i < fields.Count && key < order.Keys.Count; i++)
        {
            var (path, sign) = order.Keys[key];
            var isConstant = i < bounds.Count && bounds[i].IsPoint && !IndexBounds.IsMultikey(index, i);
            if (fields[i].Path.Text != path)
            {
                if (i < bounds.Count && bounds[i].IsPoint)
                {
                    continue;
                }

                return 0;
            }

            key++;
            if (isConstant)
            {
                continue;
            }

            var isOrdered = fields[i].Kind is IndexFieldKind.Ascending or IndexFieldKind.Descending
                && !IndexBounds.IsMultikey(index, i);
            var needed = fields[i].IsDescending ? -sign : sign;
            if (!isOrdered || (direction != 0 && direction != needed))
            {
                return 0;
            }

            direction = needed;
        }

        if (key < order.Keys.Count)
        {
            return 0;
        }

        return direction == 0 ? 1 : direction;
    }
}
