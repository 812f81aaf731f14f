using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Expressions;
using Lmtp.EmbeddedMongo.Query.Filters;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Aggregation;

/// <summary>What stages need beside the documents.</summary>
/// <param name="Now">The time of the command.</param>
/// <param name="Variables">The values of <c>let</c>; null when there are none.</param>
internal sealed record PipelineContext(DateTimeOffset Now, IReadOnlyDictionary<string, BsonValue>? Variables = null)
{
    /// <summary>The paths of the collection's text index; empty when there is none.</summary>
    public IReadOnlyList<string> TextPaths { get; init; } = [];

    /// <summary>How long the command may work.</summary>
    public TimeBudget Budget { get; init; } = TimeBudget.Unlimited;

    /// <summary>A scope for expressions over a document.</summary>
    /// <param name="document">The document.</param>
    /// <returns>The scope.</returns>
    public EvaluationScope Scope(BsonDocument document) => new(document, Now, Variables, Budget);

    /// <summary>Passes documents on as long as the command may work.</summary>
    /// <param name="documents">The documents.</param>
    /// <returns>The same documents.</returns>
    public IEnumerable<BsonDocument> Watch(IEnumerable<BsonDocument> documents)
    {
        foreach (var document in documents)
        {
            Budget.Check();
            yield return document;
        }
    }

    /// <summary>A state for filters.</summary>
    /// <returns>The state.</returns>
    public MatchState MatchState() => new() { Now = Now, Variables = Variables, TextPaths = TextPaths, Budget = Budget };
}
