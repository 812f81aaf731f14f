using Lmtp.EmbeddedMongo.Query.Raw;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary>Filters for single array elements, as <c>$pull</c>, array filters and projections use them.</summary>
internal static class ElementFilter
{
    /// <summary>Compiles a condition as <c>$pull</c> has it.</summary>
    /// <param name="condition">A value, operators, or a filter for elements that are documents.</param>
    /// <returns>The test of one element.</returns>
    public static Func<BsonValue, bool> Compile(BsonValue condition)
    {
        var state = new MatchState();
        if (condition is BsonDocument document && !FilterParser.IsOperatorDocument(document))
        {
            var filter = FilterParser.Parse(document);
            return element => element is BsonDocument candidate && filter.Matches(candidate.ToBson(), state);
        }

        var predicate = FilterParser.ParsePredicate(condition);
        return element => predicate.Matches(new RawConstant(element).Slice, state);
    }

    /// <summary>Compiles an array filter, whose paths begin with the identifier of the element.</summary>
    /// <param name="filter">The filter.</param>
    /// <returns>The test of one element.</returns>
    public static Func<BsonValue, bool> CompileNamed(BsonDocument filter)
    {
        var state = new MatchState();
        var identifier = FirstIdentifier(filter);
        var compiled = FilterParser.Parse(filter);
        return element => compiled.Matches(new BsonDocument(identifier, element).ToBson(), state);
    }

    private static string FirstIdentifier(BsonDocument filter)
    {
        var first = filter.GetElement(0);
        return first.Name.StartsWith('$') && first.Value is BsonArray branches && branches[0] is BsonDocument branch
            ? FirstIdentifier(branch)
            : first.Name.Split('.')[0];
    }
}
