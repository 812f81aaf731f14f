using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>
/// Reads fields as WildDuck does: a number of any type, null and missing alike, a wrong type as if it were missing.
/// </summary>
internal static class BsonFields
{
    public static string? StringOrNull(this BsonDocument document, string name) =>
        document.GetValue(name, BsonNull.Value) is BsonString text ? text.Value : null;

    public static string StringOrEmpty(this BsonDocument document, string name) =>
        document.StringOrNull(name) ?? string.Empty;

    public static bool IsTrue(this BsonDocument document, string name) => IsTruthy(document.GetValue(name, BsonNull.Value));

    public static long Number(this BsonDocument document, string name) => ToNumber(document.GetValue(name, BsonNull.Value)) ?? 0;

    public static long? NumberOrNull(this BsonDocument document, string name) =>
        ToNumber(document.GetValue(name, BsonNull.Value));

    public static ObjectId? IdOrNull(this BsonDocument document, string name) =>
        document.GetValue(name, BsonNull.Value) is BsonObjectId id ? id.Value : null;

    public static DateTimeOffset TimeOrDefault(this BsonDocument document, string name) =>
        document.TimeOrNull(name) ?? DateTimeOffset.UnixEpoch;

    public static DateTimeOffset? TimeOrNull(this BsonDocument document, string name) =>
        document.GetValue(name, BsonNull.Value) is BsonDateTime time
            ? DateTimeOffset.FromUnixTimeMilliseconds(time.MillisecondsSinceEpoch)
            : null;

    /// <summary>The strings of an array; empty for anything else.</summary>
    public static IReadOnlyList<string> Strings(this BsonDocument document, string name) =>
        document.GetValue(name, BsonNull.Value) is BsonArray array
            ? [.. array.OfType<BsonString>().Select(value => value.Value)]
            : [];

    public static BsonDocument? DocumentOrNull(this BsonDocument document, string name) =>
        document.GetValue(name, BsonNull.Value) as BsonDocument;

    /// <summary>A number as Node's driver would write it: int32 when it is an integer of that range, else a double.</summary>
    public static BsonValue ToJavaScriptNumber(long value) =>
        value is >= int.MinValue and <= int.MaxValue ? new BsonInt32((int)value) : new BsonDouble(value);

    private static long? ToNumber(BsonValue value) => value.BsonType switch
    {
        BsonType.Int32 => value.AsInt32,
        BsonType.Int64 => value.AsInt64,
        BsonType.Double when double.IsFinite(value.AsDouble) => (long)value.AsDouble,
        _ => null,
    };

    private static bool IsTruthy(BsonValue value) => value.BsonType switch
    {
        BsonType.Boolean => value.AsBoolean,
        BsonType.Int32 => value.AsInt32 != 0,
        BsonType.Int64 => value.AsInt64 != 0,
        BsonType.Double => value.AsDouble is not 0 and not double.NaN,
        BsonType.String => value.AsString.Length > 0,
        BsonType.Null or BsonType.Undefined => false,
        _ => true,
    };
}
