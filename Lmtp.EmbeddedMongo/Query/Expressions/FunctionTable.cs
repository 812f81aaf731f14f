using Lmtp.EmbeddedMongo.Commands;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Expressions;

/// <summary>The operators that are functions of their arguments' values.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, Function> Functions = new(StringComparer.Ordinal)
    {
        ["$eq"] = new(2, 2, static v => ComparisonFunctions.Compare(v) == 0),
        ["$ne"] = new(2, 2, static v => ComparisonFunctions.Compare(v) != 0),
        ["$gt"] = new(2, 2, static v => ComparisonFunctions.Compare(v) > 0),
        ["$gte"] = new(2, 2, static v => ComparisonFunctions.Compare(v) >= 0),
        ["$lt"] = new(2, 2, static v => ComparisonFunctions.Compare(v) < 0),
        ["$lte"] = new(2, 2, static v => ComparisonFunctions.Compare(v) <= 0),
        ["$cmp"] = new(2, 2, static v => Math.Sign(ComparisonFunctions.Compare(v))),
        ["$not"] = new(1, 1, static v => !Expression.IsTrue(v[0])),
        ["$add"] = new(0, int.MaxValue, ArithmeticFunctions.Add),
        ["$subtract"] = new(2, 2, ArithmeticFunctions.Subtract),
        ["$multiply"] = new(0, int.MaxValue, ArithmeticFunctions.Multiply),
        ["$divide"] = new(2, 2, ArithmeticFunctions.Divide),
        ["$mod"] = new(2, 2, ArithmeticFunctions.Modulo),
        ["$abs"] = new(1, 1, ArithmeticFunctions.Abs),
        ["$ceil"] = new(1, 1, static v => ArithmeticFunctions.Round("$ceil", v, Math.Ceiling)),
        ["$floor"] = new(1, 1, static v => ArithmeticFunctions.Round("$floor", v, Math.Floor)),
        ["$max"] = new(1, int.MaxValue, static v => ComparisonFunctions.Extreme(v, 1)),
        ["$min"] = new(1, int.MaxValue, static v => ComparisonFunctions.Extreme(v, -1)),
        ["$sum"] = new(1, int.MaxValue, ArithmeticFunctions.Sum),
        ["$avg"] = new(1, int.MaxValue, ArithmeticFunctions.Average),
        ["$concat"] = new(0, int.MaxValue, StringFunctions.Concat),
        ["$toLower"] = new(1, 1, static v => StringFunctions.Text(v[0]).ToLowerInvariant()),
        ["$toUpper"] = new(1, 1, static v => StringFunctions.Text(v[0]).ToUpperInvariant()),
        ["$strLenBytes"] = new(1, 1, StringFunctions.LengthInBytes),
        ["$strLenCP"] = new(1, 1, StringFunctions.LengthInCodePoints),
        ["$substrCP"] = new(3, 3, StringFunctions.SubstringOfCodePoints),
        ["$split"] = new(2, 2, StringFunctions.Split),
        ["$type"] = new(1, 1, static v => Values.TypeNames.Of(v[0])),
        ["$toString"] = new(1, 1, StringFunctions.Convert),
        ["$toInt"] = new(1, 1, static v => ArithmeticFunctions.ToInteger("int", v)),
        ["$toLong"] = new(1, 1, static v => ArithmeticFunctions.ToInteger("long", v)),
        ["$toDouble"] = new(1, 1, ArithmeticFunctions.ToDouble),
        ["$toBool"] = new(1, 1, static v => Expression.IsNullish(v[0]) ? BsonNull.Value : (BsonBoolean)Expression.IsTrue(v[0])),
        ["$isNumber"] = new(1, 1, static v => Values.Numbers.IsNumber(v[0])),
        ["$isArray"] = new(1, 1, static v => v[0] is BsonArray),
        ["$size"] = new(1, 1, ArrayFunctions.Size),
        ["$arrayElemAt"] = new(2, 2, ArrayFunctions.ElementAt),
        ["$first"] = new(1, 1, static v => ArrayFunctions.Edge("$first", v[0], 0)),
        ["$last"] = new(1, 1, static v => ArrayFunctions.Edge("$last", v[0], -1)),
        ["$in"] = new(2, 2, ArrayFunctions.Contains),
        ["$indexOfArray"] = new(2, 2, ArrayFunctions.IndexOf),
        ["$concatArrays"] = new(0, int.MaxValue, ArrayFunctions.Concat),
        ["$reverseArray"] = new(1, 1, ArrayFunctions.Reverse),
        ["$slice"] = new(2, 3, ArrayFunctions.Slice),
        ["$range"] = new(2, 3, ArrayFunctions.Range),
        ["$setUnion"] = new(0, int.MaxValue, SetFunctions.Union),
        ["$setIntersection"] = new(0, int.MaxValue, SetFunctions.Intersection),
        ["$setDifference"] = new(2, 2, SetFunctions.Difference),
        ["$setEquals"] = new(2, int.MaxValue, SetFunctions.AreEqual),
        ["$setIsSubset"] = new(2, 2, SetFunctions.IsSubset),
        ["$mergeObjects"] = new(0, int.MaxValue, ArrayFunctions.MergeObjects),
        ["$objectToArray"] = new(1, 1, ArrayFunctions.ObjectToArray),
        ["$arrayToObject"] = new(1, 1, ArrayFunctions.ArrayToObject),
    };

    /// <summary>The names of the operators.</summary>
    public static IEnumerable<string> Names => Functions.Keys;

    /// <summary>Parses an operator of this kind.</summary>
    /// <param name="name">The operator's name.</param>
    /// <param name="argument">Its argument.</param>
    /// <returns>The expression; null when the name is not one of these.</returns>
    /// <exception cref="CommandException">The operator has the wrong number of arguments.</exception>
    public static Expression? TryParse(string name, BsonValue argument)
    {
        if (!Functions.TryGetValue(name, out var function))
        {
            return null;
        }

        var arguments = ExpressionParser.ParseArguments(argument);
        if (arguments.Length < function.Least || arguments.Length > function.Most)
        {
            throw new CommandException(
                ErrorCode.Location16020,
                function.Least == function.Most
                    ? $"Expression {name} takes exactly {function.Least} arguments. {arguments.Length} were passed in."
                    : $"Expression {name} takes at least {function.Least} arguments, and at most {function.Most}, but {arguments.Length} were passed in.");
        }

        return new FunctionExpression(arguments, function.Compute);
    }

    private sealed record Function(int Least, int Most, Func<BsonValue?[], BsonValue?> Compute);
}
