using Lmtp.EmbeddedMongo.Commands;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Values;

/// <summary>Parts of arrays as <c>$slice</c> takes them in projections and expressions.</summary>
internal static class ArraySlice
{
    /// <summary>The first or, when negative, the last elements.</summary>
    /// <param name="array">The array.</param>
    /// <param name="count">How many.</param>
    /// <returns>The part.</returns>
    public static BsonArray Take(BsonArray array, long count) => count >= 0
        ? new BsonArray(array.Take((int)Math.Min(count, array.Count)))
        : new BsonArray(array.TakeLast((int)Math.Min(-count, array.Count)));

    /// <summary>Elements from a position on.</summary>
    /// <param name="array">The array.</param>
    /// <param name="start">The first one; negative counts from the end.</param>
    /// <param name="count">How many, above zero.</param>
    /// <returns>The part.</returns>
    public static BsonArray Take(BsonArray array, long start, long count)
    {
        if (count <= 0)
        {
            throw new CommandException(ErrorCode.Location28724, $"First argument to $slice must be positive: {count}");
        }

        var first = start < 0 ? Math.Max(0, array.Count + start) : Math.Min(start, array.Count);
        return new BsonArray(array.Skip((int)first).Take((int)Math.Min(count, array.Count)));
    }
}
