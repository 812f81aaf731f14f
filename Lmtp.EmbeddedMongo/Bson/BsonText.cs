using System.Globalization;
using System.Text;

namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>Writes values as MongoDB does in its error messages.</summary>
internal static class BsonText
{
    /// <summary>Writes a document, such as <c>{ a: 1, b: "x" }</c>.</summary>
    public static string Format(ReadOnlySpan<byte> document)
    {
        StringBuilder text = new();
        AppendDocument(text, new BsonSlice(document));
        return text.ToString();
    }

    private static void AppendDocument(StringBuilder text, BsonSlice document)
    {
        text.Append('{');
        string separator = " ";
        foreach (BsonElement element in document)
        {
            text.Append(separator).Append(Encoding.UTF8.GetString(element.Name)).Append(": ");
            AppendValue(text, element.Value);
            separator = ", ";
        }

        text.Append(document.IsEmpty ? "}" : " }");
    }

    private static void AppendArray(StringBuilder text, BsonSlice array)
    {
        text.Append('[');
        string separator = " ";
        foreach (BsonElement element in array)
        {
            text.Append(separator);
            AppendValue(text, element.Value);
            separator = ", ";
        }

        text.Append(array.IsEmpty ? "]" : " ]");
    }

    private static void AppendValue(StringBuilder text, BsonValueSlice value)
    {
        switch (value.Type)
        {
            case BsonType.Document:
                AppendDocument(text, value.AsDocument);
                break;
            case BsonType.Array:
                AppendArray(text, value.AsDocument);
                break;
            default:
                text.Append(Scalar(value));
                break;
        }
    }

    private static string Scalar(BsonValueSlice value) => value.Type switch
    {
        BsonType.Int32 => value.AsInt32.ToString(CultureInfo.InvariantCulture),
        BsonType.Int64 => value.AsInt64.ToString(CultureInfo.InvariantCulture),
        BsonType.Double => Double(value.AsDouble),
        BsonType.String or BsonType.Symbol => Quoted(Encoding.UTF8.GetString(value.AsUtf8)),
        BsonType.ObjectId => $"ObjectId('{Convert.ToHexStringLower(value.Bytes)}')",
        BsonType.Boolean => value.AsBoolean ? "true" : "false",
        BsonType.DateTime => string.Create(CultureInfo.InvariantCulture, $"new Date({value.AsInt64})"),
        BsonType.Timestamp => string.Create(
            CultureInfo.InvariantCulture, $"Timestamp({value.AsTimestamp >> 32}, {value.AsTimestamp & uint.MaxValue})"),
        BsonType.Binary => $"BinData({value.BinarySubtype}, {Convert.ToHexString(value.BinaryData)})",
        BsonType.RegularExpression =>
            $"/{Encoding.UTF8.GetString(value.RegularExpressionPattern)}/{Encoding.UTF8.GetString(value.RegularExpressionOptions)}",
        BsonType.Null or BsonType.Missing => "null",
        BsonType.Undefined => "undefined",
        _ => value.Type.ToString(),
    };

    private static string Double(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.IsFinite(value) && Math.Truncate(value) == value && !text.Contains('E', StringComparison.Ordinal) ? text + ".0" : text;
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
