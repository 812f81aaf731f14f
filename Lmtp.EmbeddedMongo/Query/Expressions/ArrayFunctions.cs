using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Expressions;

/// <summary>Expression operators on arrays and documents.</summary>
internal static class ArrayFunctions
{
    private const long MaxRange = 4_000_000;

    /// <summary><c>$size</c>.</summary>
    /// <param name="values">An array.</param>
    /// <returns>Its length.</returns>
    public static BsonValue? Size(BsonValue?[] values) => values[0] is BsonArray array
        ? new BsonInt32(array.Count)
        : throw new CommandException(
            ErrorCode.Location17124,
            $"The argument to $size must be an array, but was of type: {TypeNames.Of(values[0])}");

    /// <summary><c>$arrayElemAt</c>.</summary>
    /// <param name="values">Array and index; a negative index counts from the end.</param>
    /// <returns>The element, missing when out of range.</returns>
    public static BsonValue? ElementAt(BsonValue?[] values)
    {
        if (values.Any(Expression.IsNullish))
        {
            return BsonNull.Value;
        }

        var array = Require("$arrayElemAt", values[0]);
        var index = Numbers.RequireInteger(values[1]!, "$arrayElemAt");
        var position = index < 0 ? array.Count + index : index;
        return position >= 0 && position < array.Count ? array[(int)position] : null;
    }

    /// <summary><c>$first</c> and <c>$last</c>.</summary>
    /// <param name="name">The operator's name.</param>
    /// <param name="value">An array.</param>
    /// <param name="index">0 or -1.</param>
    /// <returns>The element, missing when there is none.</returns>
    public static BsonValue? Edge(string name, BsonValue? value, int index)
    {
        if (Expression.IsNullish(value))
        {
            return BsonNull.Value;
        }

        var array = Require(name, value);
        return array.Count == 0 ? null : array[index == 0 ? 0 : array.Count - 1];
    }

    /// <summary><c>$in</c>.</summary>
    /// <param name="values">Value and array.</param>
    /// <returns>Whether the array holds the value.</returns>
    public static BsonValue? Contains(BsonValue?[] values) => values[1] is BsonArray array
        ? (BsonBoolean)array.Contains(values[0], ValueOrder.Instance)
        : throw new CommandException(
            ErrorCode.Location40081,
            $"$in requires an array as a second argument, found: {TypeNames.Of(values[1])}");

    /// <summary><c>$indexOfArray</c>.</summary>
    /// <param name="values">Array and value.</param>
    /// <returns>The first index, -1 when absent.</returns>
    public static BsonValue? IndexOf(BsonValue?[] values)
    {
        if (Expression.IsNullish(values[0]))
        {
            return BsonNull.Value;
        }

        var array = Require("$indexOfArray", values[0]);
        for (var i = 0; i < array.Count; i++)
        {
            if (ValueOrder.Instance.Equals(array[i], values[1]))
            {
                return new BsonInt32(i);
            }
        }

        return new BsonInt32(-1);
    }

    /// <summary><c>$concatArrays</c>; null when an argument is null or missing.</summary>
    /// <param name="values">Arrays.</param>
    /// <returns>All their elements in order.</returns>
    public static BsonValue? Concat(BsonValue?[] values) => values.Any(Expression.IsNullish)
        ? BsonNull.Value
        : new BsonArray(values.SelectMany(value => Require("$concatArrays", value)));

    /// <summary><c>$reverseArray</c>.</summary>
    /// <param name="values">An array.</param>
    /// <returns>Its elements from the end.</returns>
    public static BsonValue? Reverse(BsonValue?[] values) => Expression.IsNullish(values[0])
        ? BsonNull.Value
        : new BsonArray(Require("$reverseArray", values[0]).Reverse());

    /// <summary><c>$slice</c>.</summary>
    /// <param name="values">Array and count, or array, start and count.</param>
    /// <returns>The part of the array.</returns>
    public static BsonValue? Slice(BsonValue?[] values)
    {
        if (values.Any(Expression.IsNullish))
        {
            return BsonNull.Value;
        }

        var array = Require("$slice", values[0]);
        var first = Numbers.RequireInteger(values[1]!, "$slice");
        return values.Length == 2
            ? ArraySlice.Take(array, first)
            : ArraySlice.Take(array, first, Numbers.RequireInteger(values[2]!, "$slice"));
    }

    /// <summary><c>$range</c>.</summary>
    /// <param name="values">Start, end (exclusive) and step.</param>
    /// <returns>The integers.</returns>
    public static BsonValue? Range(BsonValue?[] values)
    {
        var start = Numbers.RequireInteger(values[0] ?? BsonNull.Value, "$range");
        var end = Numbers.RequireInteger(values[1] ?? BsonNull.Value, "$range");
        var step = values.Length > 2 ? Numbers.RequireInteger(values[2] ?? BsonNull.Value, "$range") : 1;
        if (step == 0)
        {
            throw new CommandException(ErrorCode.Location34449, "$range requires a non-zero step value");
        }

        if ((end - start) / step > MaxRange)
        {
            throw new CommandException(ErrorCode.ExceededMemoryLimit, "$range would use too much memory");
        }

        var result = new BsonArray();
        for (var i = start; step > 0 ? i < end : i > end; i += step)
        {
            result.Add(new BsonInt32((int)i));
        }

        return result;
    }

    /// <summary><c>$mergeObjects</c>; null and missing arguments are left out.</summary>
    /// <param name="values">Documents, or one array of them.</param>
    /// <returns>One document; later fields win.</returns>
    public static BsonValue? MergeObjects(BsonValue?[] values)
    {
        var result = new BsonDocument();
        foreach (var value in ArithmeticFunctions.Flatten(values).Where(value => !Expression.IsNullish(value)))
        {
            var document = value as BsonDocument ?? throw new CommandException(
                ErrorCode.Location40400,
                $"$mergeObjects requires object inputs, but input {TypeNames.Show(value)} is of type {TypeNames.Of(value)}");
            foreach (var element in document)
            {
                result.Set(element.Name, element.Value);
            }
        }

        return result;
    }

    /// <summary><c>$objectToArray</c>.</summary>
    /// <param name="values">A document.</param>
    /// <returns>An array of documents with <c>k</c> and <c>v</c>.</returns>
    public static BsonValue? ObjectToArray(BsonValue?[] values) => values[0] switch
    {
        null or BsonNull or BsonUndefined => BsonNull.Value,
        BsonDocument document => new BsonArray(document.Select(element => new BsonDocument { { "k", element.Name }, { "v", element.Value } })),
        { } value => throw new CommandException(
            ErrorCode.Location40390,
            $"$objectToArray requires a document input, found: {TypeNames.Of(value)}"),
    };

    /// <summary><c>$arrayToObject</c>.</summary>
    /// <param name="values">An array of pairs, or of documents with <c>k</c> and <c>v</c>.</param>
    /// <returns>The document.</returns>
    public static BsonValue? ArrayToObject(BsonValue?[] values)
    {
        if (Expression.IsNullish(values[0]))
        {
            return BsonNull.Value;
        }

        var result = new BsonDocument();
        foreach (var item in Require("$arrayToObject", values[0]))
        {
            switch (item)
            {
                case BsonDocument { ElementCount: 2 } pair when pair.GetValue("k", null) is BsonString key && pair.Contains("v"):
                    result.Set(key.Value, pair["v"]);
                    break;
                case BsonArray { Count: 2 } pair when pair[0] is BsonString key:
                    result.Set(key.Value, pair[1]);
                    break;
                default:
                    throw new CommandException(
                        ErrorCode.Location40398,
                        $"Unrecognised input type format for $arrayToObject: {TypeNames.Of(item)}");
            }
        }

        return result;
    }

    private static BsonArray Require(string name, BsonValue? value) => value as BsonArray ?? throw new CommandException(
        ErrorCode.Location28689,
        $"{name}'s first argument must be an array, but is {TypeNames.Of(value)}");
}
