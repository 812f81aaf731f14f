using Lmtp.EmbeddedMongo.Commands;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary>What filters need beside the document, and what they find out. One for each running command.</summary>
internal sealed class MatchState
{
    /// <summary>The index of the array element that matched last, for the positional <c>$</c>; -1 when none.</summary>
    public int ArrayIndex { get; set; } = -1;

    /// <summary>The index that <c>$elemMatch</c> found last.</summary>
    public int ElementIndex { get; set; } = -1;

    /// <summary>The time of the command, for <c>$$NOW</c>.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The values of <c>let</c>; null when there are none.</summary>
    public IReadOnlyDictionary<string, BsonValue>? Variables { get; init; }

    /// <summary>How long the command may work.</summary>
    public TimeBudget Budget { get; init; } = TimeBudget.Unlimited;

    /// <summary>The paths of the collection's text index, for <c>$text</c>; empty when there is none.</summary>
    public IReadOnlyList<string> TextPaths { get; init; } = [];
}
