using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Expressions;

/// <summary>Comparing expression operators.</summary>
internal static class ComparisonFunctions
{
    /// <summary>Compares two arguments; missing is below null.</summary>
    /// <param name="values">The arguments.</param>
    /// <returns>Negative, zero or positive.</returns>
    public static int Compare(BsonValue?[] values) => ValueOrder.Instance.Compare(values[0], values[1]);

    /// <summary><c>$max</c> and <c>$min</c>.</summary>
    /// <param name="values">Values, or one array of them.</param>
    /// <param name="sign">1 for the highest, -1 for the lowest.</param>
    /// <returns>The value; null (BSON) when there is none.</returns>
    public static BsonValue? Extreme(BsonValue?[] values, int sign)
    {
        BsonValue? best = null;
        foreach (var value in ArithmeticFunctions.Flatten(values))
        {
            if (!Expression.IsNullish(value)
                && (best is null || Math.Sign(ValueOrder.Instance.Compare(value, best)) == sign))
            {
                best = value;
            }
        }

        return best ?? BsonNull.Value;
    }
}
