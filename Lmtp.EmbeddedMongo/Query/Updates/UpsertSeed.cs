using Lmtp.EmbeddedMongo.Commands;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary>The document that an upsert starts from: the fields that the filter holds to one value.</summary>
internal static class UpsertSeed
{
    /// <summary>Makes the document.</summary>
    /// <param name="filter">The filter that matched nothing.</param>
    /// <param name="onlyId">Whether only <c>_id</c> is taken, as a replacement wants it.</param>
    /// <returns>The document, <c>_id</c> first.</returns>
    /// <exception cref="CommandException">The filter holds one path to two values.</exception>
    public static BsonDocument From(BsonDocument filter, bool onlyId)
    {
        var seed = new BsonDocument();
        var written = new HashSet<string>(StringComparer.Ordinal);
        Add(seed, filter, onlyId, written);
        return seed;
    }

    private static void Add(BsonDocument seed, BsonDocument filter, bool onlyId, HashSet<string> written)
    {
        foreach (var element in filter)
        {
            if (element.Name is "$and" && element.Value is BsonArray conjunction)
            {
                foreach (var branch in conjunction.OfType<BsonDocument>())
                {
                    Add(seed, branch, onlyId, written);
                }
            }
            else if (element.Name is "$or" && element.Value is BsonArray { Count: 1 } single && single[0] is BsonDocument only)
            {
                Add(seed, only, onlyId, written);
            }
            else if (!element.Name.StartsWith('$')
                && (!onlyId || element.Name == "_id" || element.Name.StartsWith("_id.", StringComparison.Ordinal)))
            {
                AddField(seed, element, written);
            }
        }
    }

    private static void AddField(BsonDocument seed, BsonElement field, HashSet<string> written)
    {
        var value = Equality(field.Value);
        if (value is null)
        {
            return;
        }

        if (!written.Add(field.Name))
        {
            throw new CommandException(
                ErrorCode.NotSingleValueField,
                $"cannot infer query fields to set, path '{field.Name}' is matched twice");
        }

        PathEditor.Set(seed, field.Name.Split('.'), value.DeepClone());
    }

    private static BsonValue? Equality(BsonValue condition)
    {
        if (condition is BsonRegularExpression)
        {
            return null;
        }

        if (condition is not BsonDocument { ElementCount: > 0 } operators || !operators.GetElement(0).Name.StartsWith('$'))
        {
            return condition;
        }

        if (operators.TryGetValue("$eq", out var equal))
        {
            return equal;
        }

        if (operators.TryGetValue("$in", out var any) && any is BsonArray { Count: 1 } values && values[0] is not BsonRegularExpression)
        {
            return values[0];
        }

        return operators.TryGetValue("$all", out var all) && all is BsonArray { Count: 1 } required
            && required[0] is not BsonRegularExpression and not BsonDocument
            ? required[0]
            : null;
    }
}
