using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Index;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Planning;

/// <summary>A client's <c>hint</c>.</summary>
/// <param name="Index">The index; null for the natural order.</param>
/// <param name="IsForward">Whether the natural order starts with the oldest document.</param>
internal sealed record IndexHint(CollectionIndex? Index, bool IsForward)
{
    /// <summary>Whether the client wants no index.</summary>
    public bool IsNatural => Index is null;

    /// <summary>Reads a hint.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="hint">An index by name or key, or <c>$natural</c>; null for none.</param>
    /// <returns>The hint; null when there is none.</returns>
    /// <exception cref="CommandException">There is no such index.</exception>
    public static IndexHint? Parse(Collection collection, BsonValue? hint)
    {
        switch (hint)
        {
            case null or BsonNull or BsonDocument { ElementCount: 0 }:
                return null;
            case BsonDocument natural when natural.GetElement(0).Name == "$natural":
                return new IndexHint(null, Numbers.ToDouble(natural.GetElement(0).Value) >= 0);
            case BsonString or BsonDocument:
                var index = collection.Indexes.FirstOrDefault(index => IsMeant(index.Definition, hint));
                return index is not null
                    ? new IndexHint(index, true)
                    : throw new CommandException(
                        ErrorCode.BadValue,
                        "error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index");
            default:
                throw new CommandException(ErrorCode.FailedToParse, "Hint must be a string or an object");
        }
    }

    private static bool IsMeant(IndexDefinition definition, BsonValue hint) => hint is BsonString name
        ? definition.Name == name.Value
        : ValueOrder.Instance.Equals(RawDocument.Decode(definition.KeyPattern.Span), hint);
}
