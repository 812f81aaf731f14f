using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Values;

/// <summary>MongoDB's names and numbers of the BSON types, as <c>$type</c> and error texts have them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<string, BsonType> Types = new(StringComparer.Ordinal)
    {
        ["double"] = BsonType.Double,
        ["string"] = BsonType.String,
        ["object"] = BsonType.Document,
        ["array"] = BsonType.Array,
        ["binData"] = BsonType.Binary,
        ["undefined"] = BsonType.Undefined,
        ["objectId"] = BsonType.ObjectId,
        ["bool"] = BsonType.Boolean,
        ["date"] = BsonType.DateTime,
        ["null"] = BsonType.Null,
        ["regex"] = BsonType.RegularExpression,
        ["dbPointer"] = (BsonType)0x0C,
        ["javascript"] = BsonType.JavaScript,
        ["symbol"] = BsonType.Symbol,
        ["javascriptWithScope"] = BsonType.JavaScriptWithScope,
        ["int"] = BsonType.Int32,
        ["timestamp"] = BsonType.Timestamp,
        ["long"] = BsonType.Int64,
        ["decimal"] = BsonType.Decimal128,
        ["minKey"] = BsonType.MinKey,
        ["maxKey"] = BsonType.MaxKey,
    };

    private static readonly Dictionary<BsonType, string> Names = Types.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The type of a name.</summary>
    /// <param name="name">A name such as <c>objectId</c>.</param>
    /// <param name="type">The type.</param>
    /// <returns>False when there is no such type.</returns>
    public static bool TryParse(string name, out BsonType type) => Types.TryGetValue(name, out type);

    /// <summary>Whether MongoDB has a type of that number.</summary>
    /// <param name="number">The number; MinKey is -1.</param>
    /// <param name="type">The type.</param>
    /// <returns>False when there is no such type.</returns>
    public static bool TryParse(long number, out BsonType type)
    {
        type = number == -1 ? BsonType.MinKey : (BsonType)number;
        return Names.ContainsKey(type);
    }

    /// <summary>The name of a value's type.</summary>
    /// <param name="value">The value, null when missing.</param>
    /// <returns>The name, <c>missing</c> for null.</returns>
    public static string Of(BsonValue? value) => value is null ? "missing" : Of(value.BsonType);

    /// <summary>The name of a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The name.</returns>
    public static string Of(BsonType type) => Names.GetValueOrDefault(type, "unknown");

    /// <summary>A value as error texts show it.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Text in the manner of MongoDB's shell.</returns>
    public static string Show(BsonValue? value) => value switch
    {
        null => "missing",
        BsonDocument document => document.ElementCount == 0
            ? "{}"
            : "{ " + string.Join(", ", document.Select(element => $"{element.Name}: {Show(element.Value)}")) + " }",
        BsonArray array => array.Count == 0 ? "[]" : "[ " + string.Join(", ", array.Select(Show)) + " ]",
        BsonString text => "\"" + text.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"",
        BsonObjectId id => $"ObjectId('{id.Value}')",
        BsonNull => "null",
        BsonBoolean boolean => boolean.Value ? "true" : "false",
        BsonDateTime date => $"new Date({date.MillisecondsSinceEpoch})",
        BsonBinaryData binary => $"BinData({(int)binary.SubType}, {Convert.ToHexString(binary.Bytes)})",
        BsonDouble number => ShowDouble(number.Value),
        BsonRegularExpression expression => $"/{expression.Pattern}/{expression.Options}",
        _ => value.ToString() ?? string.Empty,
    };

    private static string ShowDouble(double number)
    {
        var text = number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        return number == Math.Truncate(number) && !text.Contains('E', StringComparison.Ordinal) && double.IsFinite(number)
            ? text + ".0"
            : text;
    }
}
