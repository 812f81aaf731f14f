using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Raw;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary><c>$expr</c>: documents for which an aggregation expression is true.</summary>
/// <param name="expression">The expression as the client sent it.</param>
internal sealed class ExpressionFilter(BsonValue expression) : Filter
{
    private readonly Expression _expression = ExpressionParser.Parse(expression);

    /// <inheritdoc />
    public override bool Matches(ReadOnlySpan<byte> document, MatchState state) =>
        Expression.IsTrue(_expression.Evaluate(new EvaluationScope(RawDocument.Decode(document), state.Now, state.Variables, state.Budget)));
}
