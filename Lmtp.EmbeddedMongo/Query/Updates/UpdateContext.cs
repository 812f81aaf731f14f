using Lmtp.EmbeddedMongo.Commands;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>What an update needs to know beside the document.</summary>
/// <param name="IsInsert">Whether the document is made by an upsert.</param>
/// <param name="MatchedIndex">The array index that the filter matched, for the positional <c>$</c>; null when none.</param>
/// <param name="Now">The time that <c>$currentDate</c> writes.</param>
/// <param name="Variables">Values of <c>let</c> and of the command, by name; null when there are none.</param>
internal sealed record UpdateContext(
    bool IsInsert,
    string? MatchedIndex,
    DateTimeOffset Now,
    IReadOnlyDictionary<string, BsonValue>? Variables = null)
{
    /// <summary>How long the command may work.</summary>
    public TimeBudget Budget { get; init; } = TimeBudget.Unlimited;
}
