using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary>Compiles filter documents.</summary>
internal static class FilterParser
{
    private static readonly string[] LogicalOperators = ["$and", "$or", "$nor", "$expr", "$text", "$comment"];

    /// <summary>The names of all filter operators.</summary>
    public static IEnumerable<string> OperatorNames => LogicalOperators.Concat(PredicateParser.OperatorNames);

    /// <summary>Compiles a filter.</summary>
    /// <param name="filter">The filter document.</param>
    /// <returns>The compiled filter.</returns>
    /// <exception cref="CommandException">An operator is unknown or misused.</exception>
    public static Filter Parse(BsonDocument filter)
    {
        var filters = new List<Filter>();
        foreach (var element in filter)
        {
            if (element.Name.StartsWith('$'))
            {
                AddLogical(filters, element);
            }
            else
            {
                AddField(filters, element.Name, element.Value);
            }
        }

        return Conjunction(filters);
    }

    /// <summary>Compiles a condition on one value: an operator document, a regular expression or a value to equal.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>The compiled condition.</returns>
    public static ValuePredicate ParsePredicate(BsonValue condition)
    {
        if (condition is BsonDocument document && IsOperatorDocument(document))
        {
            return Combine(PredicateParser.Parse(string.Empty, document).Select(term => term.ToPredicate()));
        }

        return condition is BsonRegularExpression expression
            ? new RegexPredicate(expression)
            : new EqualPredicate(new RawConstant(condition));
    }

    /// <summary>Whether a document holds operators rather than being a value.</summary>
    /// <param name="document">The document.</param>
    /// <returns>True when its first field is an operator; database references are values.</returns>
    public static bool IsOperatorDocument(BsonDocument document) =>
        document.ElementCount > 0
        && document.GetElement(0).Name is ['$', ..] name
        && name is not ("$ref" or "$id" or "$db");

    /// <summary>One filter for several.</summary>
    /// <param name="filters">The filters that must all fit.</param>
    /// <returns>The only filter, or their conjunction.</returns>
    public static Filter Conjunction(List<Filter> filters) => filters.Count == 1 ? filters[0] : new AndFilter(filters);

    /// <summary>One condition for several.</summary>
    /// <param name="predicates">The conditions that must all hold.</param>
    /// <returns>The only condition, or their conjunction.</returns>
    public static ValuePredicate Combine(IEnumerable<ValuePredicate> predicates)
    {
        var list = predicates.ToList();
        return list.Count == 1 ? list[0] : new AllPredicate(list);
    }

    private static void AddField(List<Filter> filters, string path, BsonValue condition)
    {
        if (condition is not BsonDocument document || !IsOperatorDocument(document))
        {
            filters.Add(new PathFilter(path, ParsePredicate(condition)));
            return;
        }

        foreach (var term in PredicateParser.Parse(path, document))
        {
            filters.AddRange(term.ToFilters(path));
        }
    }

    private static void AddLogical(List<Filter> filters, BsonElement element)
    {
        switch (element.Name)
        {
            case "$and":
                filters.AddRange(Branches(element));
                break;
            case "$or":
                filters.Add(new OrFilter(Branches(element)));
                break;
            case "$nor":
                filters.Add(new NotFilter(new OrFilter(Branches(element))));
                break;
            case "$expr":
                filters.Add(new ExpressionFilter(element.Value));
                break;
            case "$text":
                filters.Add(TextFilter.Parse(element.Value));
                break;
            case "$comment":
                break;
            default:
                throw new CommandException(
                    ErrorCode.BadValue,
                    $"unknown top level operator: {element.Name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.");
        }
    }

    private static List<Filter> Branches(BsonElement element)
    {
        var branches = element.Value as BsonArray ?? throw new CommandException(
            ErrorCode.BadValue,
            $"{element.Name} must be an array");
        if (branches.Count == 0)
        {
            throw new CommandException(ErrorCode.BadValue, $"{element.Name} must be a nonempty array");
        }

        return [.. branches.Select(branch => Parse(branch as BsonDocument ?? throw new CommandException(
            ErrorCode.BadValue,
            $"{element.Name} argument's entries must be objects, but found {TypeNames.Of(branch)}")))];
    }
}
