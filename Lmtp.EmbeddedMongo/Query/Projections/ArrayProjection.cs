using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Projections;

/// <summary>The parts of arrays that <c>find</c>'s projections keep.</summary>
internal static class ArrayProjection
{
    /// <summary><c>$slice</c>.</summary>
    /// <param name="argument">A count, or start and count.</param>
    /// <returns>The transformation; what is not an array stays as it is.</returns>
    public static Func<BsonValue, ProjectionContext, BsonValue?> Slice(BsonValue argument)
    {
        if (argument is BsonArray { Count: 2 } range)
        {
            var start = Numbers.RequireInteger(range[0], "$slice");
            var count = Numbers.RequireInteger(range[1], "$slice");
            return count > 0
                ? (value, _) => value is BsonArray array ? ArraySlice.Take(array, start, count) : value
                : throw new CommandException(ErrorCode.Location28724, $"First argument to $slice must be positive: {count}");
        }

        if (!Numbers.IsNumber(argument))
        {
            throw new CommandException(ErrorCode.Location28667, "Invalid $slice syntax. The given syntax did not match the find() syntax");
        }

        var first = Numbers.RequireInteger(argument, "$slice");
        return (value, _) => value is BsonArray array ? ArraySlice.Take(array, first) : value;
    }

    /// <summary><c>$elemMatch</c>: the first element that fits, in an array of its own.</summary>
    /// <param name="isOperators">Whether the condition is on the element itself.</param>
    /// <param name="condition">The condition.</param>
    /// <returns>The transformation; the field is left out where nothing fits.</returns>
    public static Func<BsonValue, ProjectionContext, BsonValue?> FirstMatch(bool isOperators, BsonDocument condition)
    {
        var matches = isOperators ? ByValue(condition) : ElementFilter.Compile(condition);
        return (value, _) => value is BsonArray array && array.FirstOrDefault(matches) is { } first ? new BsonArray { first } : null;
    }

    /// <summary>The positional <c>$</c>: the element that the filter matched, in an array of its own.</summary>
    /// <param name="value">The array.</param>
    /// <param name="context">Knows the index.</param>
    /// <returns>The array of one; what is not an array stays as it is.</returns>
    public static BsonValue? Positional(BsonValue value, ProjectionContext context)
    {
        if (value is not BsonArray array)
        {
            return value;
        }

        return context.MatchedIndex >= 0 && context.MatchedIndex < array.Count
            ? new BsonArray { array[context.MatchedIndex] }
            : throw new CommandException(
                ErrorCode.Location51246,
                "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array");
    }

    private static Func<BsonValue, bool> ByValue(BsonDocument condition)
    {
        var predicate = FilterParser.ParsePredicate(condition);
        var state = new MatchState();
        return element => predicate.Matches(new RawConstant(element).Slice, state);
    }
}
