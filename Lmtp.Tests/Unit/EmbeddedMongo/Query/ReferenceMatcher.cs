using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Query;

/// <summary>
/// MongoDB's rules of matching, written for reading: every path is expanded into the list of its values, a null stands for a
/// missing field.
/// </summary>
internal static class ReferenceMatcher
{
    /// <summary>Whether a document matches a filter.</summary>
    /// <param name="document">The document.</param>
    /// <param name="filter">The filter, of the operators that <see cref="RandomQueries"/> makes.</param>
    public static bool Matches(BsonDocument document, BsonDocument filter) => filter.All(condition => condition.Name switch
    {
        "$and" => condition.Value.AsBsonArray.All(part => Matches(document, part.AsBsonDocument)),
        "$or" => condition.Value.AsBsonArray.Any(part => Matches(document, part.AsBsonDocument)),
        "$nor" => !condition.Value.AsBsonArray.Any(part => Matches(document, part.AsBsonDocument)),
        _ => Fulfils([.. Expand(document, condition.Name.Split('.'))], condition.Value, looksIntoArrays: true),
    });

    // A path goes through the documents of an array, and to one of its elements by position; not through arrays in arrays.
    private static IEnumerable<BsonValue?> Expand(BsonValue? value, ReadOnlyMemory<string> path)
    {
        if (path.Length == 0)
        {
            return [value];
        }

        return value switch
        {
            BsonDocument document => Expand(document.GetValue(path.Span[0], null), path[1..]),
            BsonArray array => [.. array.OfType<BsonDocument>().SelectMany(element => Expand(element, path)), .. AtPosition(array, path)],
            _ => [null],
        };
    }

    private static IEnumerable<BsonValue?> AtPosition(BsonArray array, ReadOnlyMemory<string> path)
    {
        if (!int.TryParse(path.Span[0], out var position) || position >= array.Count)
        {
            return [];
        }

        return path.Length == 1 || array[position] is BsonDocument or BsonArray ? Expand(array[position], path[1..]) : [];
    }

    private static bool Fulfils(IReadOnlyList<BsonValue?> values, BsonValue condition, bool looksIntoArrays)
    {
        if (condition is not BsonDocument { ElementCount: > 0 } operators || operators.GetElement(0).Name[0] != '$')
        {
            return Any(values, looksIntoArrays, value => AreEqual(value, condition));
        }

        return operators.All(term => Fulfils(values, term.Name, term.Value, looksIntoArrays));
    }

    private static bool Fulfils(IReadOnlyList<BsonValue?> values, string name, BsonValue operand, bool looksIntoArrays) => name switch
    {
        "$eq" => Any(values, looksIntoArrays, value => AreEqual(value, operand)),
        "$ne" => !Fulfils(values, "$eq", operand, looksIntoArrays),
        "$in" => operand.AsBsonArray.Any(alternative => Fulfils(values, "$eq", alternative, looksIntoArrays)),
        "$nin" => !Fulfils(values, "$in", operand, looksIntoArrays),
        "$all" => operand.AsBsonArray.All(part => Fulfils(values, "$eq", part, looksIntoArrays)),
        "$not" => !Fulfils(values, operand, looksIntoArrays),
        "$exists" => values.Any(value => value is not null) == operand.AsBoolean,
        "$size" => values.Any(value => value is BsonArray array && array.Count == operand.AsInt32),
        "$elemMatch" => values.Any(value => value is BsonArray array && array.Any(element => HoldsElement(element, operand.AsBsonDocument))),
        _ => Any(values, looksIntoArrays, value => IsInRange(value, name, operand)),
    };

    // To conditions on fields, an array in the array is a document whose fields are named by position.
    private static bool HoldsElement(BsonValue element, BsonDocument condition) => condition.GetElement(0).Name[0] == '$'
        ? Fulfils([element], condition, looksIntoArrays: false)
        : element switch
        {
            BsonDocument document => Matches(document, condition),
            BsonArray array => Matches(new BsonDocument(array.Select((value, i) => new BsonElement($"{i}", value))), condition),
            _ => false,
        };

    private static bool Any(IReadOnlyList<BsonValue?> values, bool looksIntoArrays, Func<BsonValue?, bool> predicate) =>
        values.Any(value => predicate(value) || (looksIntoArrays && value is BsonArray array && array.Any(predicate)));

    private static bool AreEqual(BsonValue? left, BsonValue? right) => (left ?? BsonNull.Value, right ?? BsonNull.Value) switch
    {
        (BsonDocument x, BsonDocument y) => x.ElementCount == y.ElementCount
            && x.Zip(y).All(pair => pair.First.Name == pair.Second.Name && AreEqual(pair.First.Value, pair.Second.Value)),
        (BsonArray x, BsonArray y) => x.Count == y.Count && x.Zip(y).All(pair => AreEqual(pair.First, pair.Second)),
        (var x, var y) => Order(x, y) == 0,
    };

    private static bool IsInRange(BsonValue? value, string name, BsonValue bound) => Order(value ?? BsonNull.Value, bound) is { } order
        && name switch
        {
            "$gt" => order > 0,
            "$gte" => order >= 0,
            "$lt" => order < 0,
            "$lte" => order <= 0,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };

    // Null for values of different types: no range reaches over the end of a type.
    private static int? Order(BsonValue left, BsonValue right) => (left, right) switch
    {
        ({ IsNumeric: true }, { IsNumeric: true }) => left.ToDouble().CompareTo(right.ToDouble()),
        (BsonString x, BsonString y) => string.CompareOrdinal(x.Value, y.Value),
        (BsonBoolean x, BsonBoolean y) => x.Value.CompareTo(y.Value),
        (BsonNull, BsonNull) => 0,
        _ => null,
    };
}
