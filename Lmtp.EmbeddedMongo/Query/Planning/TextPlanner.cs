using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Raw;

namespace Lmtp.EmbeddedMongo.Query.Planning;

/// <summary>Plans queries with <c>$text</c> by the text index, which there has to be.</summary>
internal static class TextPlanner
{
    /// <summary>Plans a query.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="filters">Compiles the filters of partial indexes.</param>
    /// <param name="text">The <c>$text</c> operator.</param>
    /// <param name="conditions">What holds for every document of the result.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="CommandException">
    /// There is no text index, it is partial and lacks some of the documents, or a field before its text fields has no value.
    /// </exception>
    public static TextPlan Plan(
        Collection collection, PartialFilterCache filters, TextFilter text, IReadOnlyList<PathCondition> conditions)
    {
        var index = collection.Indexes.FirstOrDefault(index => index.Definition.IsText)
            ?? throw new CommandException(ErrorCode.IndexNotFound, "text index required for $text query");
        if (index.Definition.PartialFilter is { } partial && !PartialIndexRule.Implies(conditions, filters.Get(partial)))
        {
            throw Unusable();
        }

        var prefix = new List<RawBsonValue>();
        foreach (var field in index.Definition.Fields.TakeWhile(field => field.Kind != IndexFieldKind.Text))
        {
            var equal = conditions.FirstOrDefault(condition =>
                condition.Group == 0 && condition.Path == field.Path.Text && condition.Predicate is EqualPredicate);
            prefix.Add(equal?.Predicate is EqualPredicate { Value: var value }
                ? RawCodec.Encode(value)
                : throw Unusable());
        }

        return new TextPlan(index, [.. text.Words.Select(word => index.ToTextRange(prefix.ToArray(), word))]);
    }

    private static CommandException Unusable() => new(
        ErrorCode.NoQueryExecutionPlans,
        "error processing query: planner returned error :: caused by :: failed to use text index to satisfy $text query (if text index is compound, are equality predicates given for all prefix fields?)");
}
