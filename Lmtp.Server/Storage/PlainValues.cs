using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>BSON as plain values, for code that knows no database.</summary>
internal static class PlainValues
{
    /// <summary>
    /// The fields of a document: null, bool, int, long, double, string, list and dictionary; values of other types stay what
    /// they are.
    /// </summary>
    public static IReadOnlyDictionary<string, object?> Of(BsonDocument document)
    {
        var fields = new OrderedDictionary<string, object?>(document.ElementCount, StringComparer.Ordinal);
        foreach (var element in document)
        {
            fields[element.Name] = Of(element.Value);
        }

        return fields;
    }

    private static object? Of(BsonValue value) => value.BsonType switch
    {
        BsonType.Null or BsonType.Undefined => null,
        BsonType.Boolean => value.AsBoolean,
        BsonType.Int32 => value.AsInt32,
        BsonType.Int64 => value.AsInt64,
        BsonType.Double => value.AsDouble,
        BsonType.String => value.AsString,
        BsonType.Array => value.AsBsonArray.Select(Of).ToList(),
        BsonType.Document => Of(value.AsBsonDocument),
        _ => value,
    };
}
