using System.Globalization;

namespace MongoDB.Bson.IO;

/// <summary>Turns the documents by which extended JSON names a type into values of that type.</summary>
internal static class ExtendedJson
{
    /// <summary>The value that a document stands for, or the document itself.</summary>
    public static BsonValue Interpret(BsonDocument document)
    {
        if (document.ElementCount == 0)
        {
            return document;
        }

        var first = document.GetElement(0);
        if (!first.Name.StartsWith('$'))
        {
            return document;
        }

        try
        {
            return Interpret(document, first.Name, first.Value) ?? document;
        }
        catch (Exception exception) when (exception is InvalidCastException or ArgumentException or OverflowException or KeyNotFoundException)
        {
            throw new FormatException($"Invalid extended JSON: {first.Name} has no valid value.", exception);
        }
    }

    /// <summary>An ISO 8601 date, with or without a time, an offset and fractions of a second.</summary>
    public static BsonDateTime ParseDate(string text)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out var date)
            ? new BsonDateTime(date)
            : throw new FormatException($"Invalid $date string: '{text}'.");
    }

    private static BsonValue Interpret(BsonDocument document, string name, BsonValue value)
    {
        switch (name)
        {
            case "$oid":
                return Only(document, new BsonObjectId(ObjectId.Parse(value.AsString)));
            case "$date":
                return Only(document, value is BsonString text ? ParseDate(text.Value) : new BsonDateTime(IntegerOf(value)));
            case "$numberInt":
                return Only(document, (BsonInt32)int.Parse(value.AsString, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
            case "$numberLong":
                return Only(document, new BsonInt64(value.IsString ? long.Parse(value.AsString, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : IntegerOf(value)));
            case "$numberDouble":
                return Only(document, new BsonDouble(ParseDouble(value.AsString)));
            case "$numberDecimal":
                return Only(document, new BsonDecimal128(Decimal128.Parse(value.AsString)));
            case "$binary":
                return ParseBinary(document, value);
            case "$uuid":
                return Only(document, ParseUuid(value.AsString));
            case "$regularExpression":
                var parts = Parts(document, "pattern", "options");
                return new BsonRegularExpression(parts["pattern"].AsString, parts["options"].AsString);
            case "$regex" when value is BsonString && (document.ElementCount == 1 || (document.ElementCount == 2 && document.GetElement(1) is { Name: "$options", Value: BsonString })):
                return new BsonRegularExpression(value.AsString, document.GetValue("$options", "").AsString);
            default:
                return InterpretRare(document, name, value);
        }
    }

    private static BsonValue InterpretRare(BsonDocument document, string name, BsonValue value)
    {
        switch (name)
        {
            case "$symbol":
                return Only(document, new BsonSymbol(value.AsString));
            case "$code" when document.ElementCount == 1:
                return new BsonJavaScript(value.AsString);
            case "$code":
                var scope = document["$scope"].AsBsonDocument;
                return document.ElementCount == 2 ? new BsonJavaScriptWithScope(value.AsString, scope) : throw Surplus(name);
            case "$timestamp":
                var parts = Parts(document, "t", "i");
                return new BsonTimestamp((int)UnsignedOf(parts["t"]), (int)UnsignedOf(parts["i"]));
            case "$undefined":
                return value == true ? Only(document, BsonUndefined.Value) : throw Invalid(name);
            case "$minKey":
                return value == 1 ? Only(document, BsonMinKey.Value) : throw Invalid(name);
            case "$maxKey":
                return value == 1 ? Only(document, BsonMaxKey.Value) : throw Invalid(name);
            default:
                return null;
        }
    }

    private static BsonBinaryData ParseBinary(BsonDocument document, BsonValue value)
    {
        // The older form has the type beside the data: { "$binary": "…", "$type": "00" }.
        if (value is BsonString)
        {
            var type = document["$type"];
            var code = type.IsString ? ParseHexByte(type.AsString) : (byte)type.ToInt32();
            return document.ElementCount == 2
                ? new BsonBinaryData(Convert.FromBase64String(value.AsString), (BsonBinarySubType)code)
                : throw Surplus("$binary");
        }

        var parts = Parts(document, "base64", "subType");
        return new BsonBinaryData(Convert.FromBase64String(parts["base64"].AsString), (BsonBinarySubType)ParseHexByte(parts["subType"].AsString));
    }

    private static BsonBinaryData ParseUuid(string text)
    {
        return Guid.TryParseExact(text, "D", out var guid)
            ? new BsonBinaryData(guid, GuidRepresentation.Standard)
            : throw new FormatException($"Invalid $uuid: '{text}'.");
    }

    private static double ParseDouble(string text)
    {
        return text switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
    }

    private static byte ParseHexByte(string text)
    {
        return text.Length is 1 or 2 ? byte.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : throw Invalid("subType");
    }

    /// <summary>The inner document, which must have exactly these two elements.</summary>
    private static BsonDocument Parts(BsonDocument document, string first, string second)
    {
        var name = document.GetElement(0).Name;
        var parts = Only(document, document[0]).AsBsonDocument;
        return parts.ElementCount == 2 && parts.Contains(first) && parts.Contains(second) ? parts : throw Invalid(name);
    }

    private static BsonValue Only(BsonDocument document, BsonValue value)
    {
        return document.ElementCount == 1 ? value : throw Surplus(document.GetElement(0).Name);
    }

    private static long IntegerOf(BsonValue value) => value is BsonInt32 or BsonInt64 ? value.ToInt64() : throw new InvalidCastException();

    private static uint UnsignedOf(BsonValue value) => checked((uint)IntegerOf(value));

    private static FormatException Surplus(string name) => new($"Invalid extended JSON: unexpected element beside {name}.");

    private static FormatException Invalid(string name) => new($"Invalid extended JSON: invalid value of {name}.");
}
