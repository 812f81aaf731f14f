namespace MongoDB.Bson.IO;

/// <summary>The constructor calls of the mongo shell, such as <c>ObjectId("…")</c>.</summary>
internal static class ShellConstructor
{
    public static BsonValue Create(string name, List<BsonValue> arguments)
    {
        return (name, arguments.Count) switch
        {
            ("ObjectId", 1) => new BsonObjectId(ObjectId.Parse(arguments[0].AsString)),
            ("ISODate" or "Date", 0) => new BsonDateTime(DateTime.UtcNow),
            ("ISODate", 1) => ExtendedJson.ParseDate(arguments[0].AsString),
            ("Date", 1) => arguments[0].IsString ? ExtendedJson.ParseDate(arguments[0].AsString) : new BsonDateTime(arguments[0].ToInt64()),
            ("NumberInt" or "Int32", 1) => (BsonInt32)arguments[0].ToInt32(),
            ("NumberLong" or "Long", 1) => new BsonInt64(arguments[0].ToInt64()),
            ("NumberDecimal" or "Decimal128", 1) => new BsonDecimal128(arguments[0].ToDecimal128()),
            ("Timestamp", 2) => new BsonTimestamp((int)arguments[0].ToInt64(), (int)arguments[1].ToInt64()),
            ("BinData", 2) => new BsonBinaryData(Convert.FromBase64String(arguments[1].AsString), (BsonBinarySubType)arguments[0].ToInt32()),
            ("HexData", 2) => new BsonBinaryData(BsonUtils.ParseHexString(arguments[1].AsString.Replace("-", "", StringComparison.Ordinal)), (BsonBinarySubType)arguments[0].ToInt32()),
            ("UUID", 1) => new BsonBinaryData(Guid.Parse(arguments[0].AsString), GuidRepresentation.Standard),
            ("CSUUID", 1) => new BsonBinaryData(Guid.Parse(arguments[0].AsString), GuidRepresentation.CSharpLegacy),
            ("JUUID", 1) => new BsonBinaryData(Guid.Parse(arguments[0].AsString), GuidRepresentation.JavaLegacy),
            ("PYUUID", 1) => new BsonBinaryData(Guid.Parse(arguments[0].AsString), GuidRepresentation.PythonLegacy),
            ("RegExp", 1) => new BsonRegularExpression(arguments[0].AsString),
            ("RegExp", 2) => new BsonRegularExpression(arguments[0].AsString, arguments[1].AsString),
            ("MinKey", 0) => BsonMinKey.Value,
            ("MaxKey", 0) => BsonMaxKey.Value,
            _ => throw new FormatException($"JSON reader found an unknown word '{name}'."),
        };
    }
}
