using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Expressions;

/// <summary>Expression operators that treat arrays as sets. Results are sorted, so that they do not depend on chance.</summary>
internal static class SetFunctions
{
    /// <summary><c>$setUnion</c>; null when an argument is null or missing.</summary>
    /// <param name="values">Arrays.</param>
    /// <returns>What any of them holds.</returns>
    public static BsonValue? Union(BsonValue?[] values) => values.Any(Expression.IsNullish)
        ? BsonNull.Value
        : Sorted(values.SelectMany(value => Require("$setUnion", value)));

    /// <summary><c>$setIntersection</c>; null when an argument is null or missing.</summary>
    /// <param name="values">Arrays.</param>
    /// <returns>What all of them hold.</returns>
    public static BsonValue? Intersection(BsonValue?[] values)
    {
        if (values.Any(Expression.IsNullish))
        {
            return BsonNull.Value;
        }

        var sets = values.Select(value => Set("$setIntersection", value)).ToArray();
        return sets.Length == 0 ? new BsonArray() : Sorted(sets[0].Where(item => sets.All(set => set.Contains(item))));
    }

    /// <summary><c>$setDifference</c>; null when an argument is null or missing.</summary>
    /// <param name="values">Two arrays.</param>
    /// <returns>What the first holds and the second does not, in the first one's order.</returns>
    public static BsonValue? Difference(BsonValue?[] values)
    {
        if (values.Any(Expression.IsNullish))
        {
            return BsonNull.Value;
        }

        var known = Set("$setDifference", values[1]);
        return new BsonArray(Require("$setDifference", values[0]).Where(item => known.Add(item)));
    }

    /// <summary><c>$setEquals</c>.</summary>
    /// <param name="values">Arrays.</param>
    /// <returns>Whether all hold the same.</returns>
    public static BsonValue? AreEqual(BsonValue?[] values)
    {
        var sets = values.Select(value => Set("$setEquals", value)).ToArray();
        return (BsonBoolean)sets.All(set => set.SetEquals(sets[0]));
    }

    /// <summary><c>$setIsSubset</c>.</summary>
    /// <param name="values">Two arrays.</param>
    /// <returns>Whether the second holds all of the first.</returns>
    public static BsonValue? IsSubset(BsonValue?[] values) =>
        (BsonBoolean)Set("$setIsSubset", values[0]).IsSubsetOf(Set("$setIsSubset", values[1]));

    private static HashSet<BsonValue?> Set(string name, BsonValue? value) => new(Require(name, value), ValueOrder.Instance);

    private static BsonArray Sorted(IEnumerable<BsonValue?> values) =>
        new(values.Distinct(ValueOrder.Instance).Order(ValueOrder.Instance).Select(value => value!));

    private static BsonArray Require(string name, BsonValue? value) => value as BsonArray ?? throw new CommandException(
        ErrorCode.Location17043,
        $"All operands of {name} must be arrays. One argument is of type: {TypeNames.Of(value)}");
}
