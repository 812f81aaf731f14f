using Lmtp.EmbeddedMongo.Commands;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>An update that replaces the whole document and keeps its <c>_id</c>.</summary>
internal sealed class ReplacementUpdate : DocumentUpdate
{
    private readonly BsonDocument _replacement;

    /// <summary>Makes the update.</summary>
    /// <param name="replacement">The new document, with or without <c>_id</c>.</param>
    public ReplacementUpdate(BsonDocument replacement)
    {
        foreach (var name in replacement.Names)
        {
            if (name.StartsWith('$'))
            {
                throw new CommandException(
                    ErrorCode.DollarPrefixedFieldName,
                    $"The dollar ($) prefixed field '{name}' in '{name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.");
            }
        }

        _replacement = replacement;
    }

    /// <inheritdoc />
    public override bool IsReplacement => true;

    /// <inheritdoc />
    protected override BsonDocument Transform(BsonDocument document, UpdateContext context)
    {
        var result = new BsonDocument();
        if (_replacement.TryGetValue("_id", out var id) || document.TryGetValue("_id", out id))
        {
            result.Add("_id", id);
        }

        foreach (var element in _replacement)
        {
            if (element.Name != "_id")
            {
                result.Add(element.Name, StampZeroTimestamp(element.Value, context));
            }
        }

        return result;
    }

    private static BsonValue StampZeroTimestamp(BsonValue value, UpdateContext context) =>
        value is BsonTimestamp { Value: 0 }
            ? new BsonTimestamp((int)context.Now.ToUnixTimeSeconds(), 1)
            : value.DeepClone();
}
