using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Storage.MessageDocuments;

/// <summary>What WildDuck made of one corpus message, and comparisons with it.</summary>
internal sealed class Golden
{
    private const int MaxShownText = 4096;
    private const int MaxShownBinary = 2048;

    private readonly JsonElement _root;

    private Golden(JsonElement root) => _root = root;

    /// <summary>The result for a corpus file; the test skips where there is none.</summary>
    public static Golden Read(string emlPath)
    {
        var name = Path.GetFileNameWithoutExtension(emlPath);
        var json = File.ReadAllBytes(SharedData.RequireFile($"corpus/golden/{name}.json"));
        return new Golden(JsonDocument.Parse(json).RootElement);
    }

    public JsonElement this[string key] => _root.GetProperty(key);

    public string FedDigest => _root.GetProperty("fed").GetProperty("sha256").GetString()!;

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Lists how a value differs from the expected one, BSON types included.</summary>
    public static List<string> Differences(JsonElement expected, BsonValue actual, string path, params string[] ignored)
    {
        var differences = new List<string>();
        Compare(expected, actual, path, ignored, differences);
        return differences;
    }

    private static void Compare(JsonElement expected, BsonValue actual, string path, string[] ignored, List<string> differences)
    {
        if (expected.ValueKind == JsonValueKind.Object && !IsTyped(expected))
        {
            CompareDocuments(expected, actual, path, ignored, differences);
        }
        else if (expected.ValueKind == JsonValueKind.Array)
        {
            CompareArrays(expected, actual, path, ignored, differences);
        }
        else if (Show(expected) is var shown && Show(actual, expected) is var got && shown != got)
        {
            differences.Add($"{path}: expected {Cut(shown)}, was {Cut(got)}");
        }
    }

    private static void CompareDocuments(JsonElement expected, BsonValue actual, string path, string[] ignored, List<string> differences)
    {
        if (actual is not BsonDocument document)
        {
            differences.Add($"{path}: expected a document, was {actual.BsonType}");
            return;
        }

        foreach (var property in expected.EnumerateObject())
        {
            var name = $"{path}.{property.Name}";
            if (ignored.Contains(property.Name))
            {
                continue;
            }

            if (document.TryGetValue(property.Name, out var value))
            {
                Compare(property.Value, value, name, ignored, differences);
            }
            else
            {
                differences.Add($"{name}: missing, expected {Cut(property.Value.GetRawText())}");
            }
        }

        foreach (var element in document.Where(element => !ignored.Contains(element.Name) && !expected.TryGetProperty(element.Name, out _)))
        {
            differences.Add($"{path}.{element.Name}: not expected");
        }
    }

    private static void CompareArrays(JsonElement expected, BsonValue actual, string path, string[] ignored, List<string> differences)
    {
        if (actual is not BsonArray array)
        {
            differences.Add($"{path}: expected an array, was {actual.BsonType}");
            return;
        }

        if (array.Count != expected.GetArrayLength())
        {
            differences.Add($"{path}: expected {expected.GetArrayLength()} items, was {array.Count}");
            return;
        }

        for (var index = 0; index < array.Count; index++)
        {
            Compare(expected[index], array[index], $"{path}[{index}]", ignored, differences);
        }
    }

    private static bool IsTyped(JsonElement value)
    {
        var properties = value.EnumerateObject();
        return properties.MoveNext() && properties.Current.Name.StartsWith('$');
    }

    private static string Show(JsonElement expected) => expected.ValueKind switch
    {
        JsonValueKind.Number => $"int {expected.GetRawText()}",
        JsonValueKind.String => $"str {expected.GetString()}",
        JsonValueKind.Object when expected.TryGetProperty("$text", out var text) => string.Create(
            CultureInfo.InvariantCulture,
            $"long text of {text.GetProperty("length").GetInt32()} units, {text.GetProperty("bytes").GetInt32()} bytes, {text.GetProperty("sha256").GetString()}"),
        _ => expected.GetRawText(),
    };

    private static string Show(BsonValue actual, JsonElement expected) => actual switch
    {
        BsonInt32 number => string.Create(CultureInfo.InvariantCulture, $"int {number.Value}"),
        BsonString text when text.Value.Length > MaxShownText => LongText(text.Value),
        BsonString text => $"str {text.Value}",
        BsonBoolean flag => flag.Value ? "true" : "false",
        BsonNull => "null",
        BsonDouble number => $"{{\"$double\":{JsonSerializer.Serialize(number.Value)}}}",
        BsonObjectId id => $"{{\"$oid\":\"{id.Value}\"}}",
        BsonDateTime date => $"{{\"$date\":\"{Date(date.MillisecondsSinceEpoch)}\"}}",
        BsonBinaryData binary when binary.SubType == BsonBinarySubType.Binary => Binary(binary.Bytes, expected),
        _ => $"{actual.BsonType} {actual}",
    };

    private static string Binary(byte[] bytes, JsonElement expected)
    {
        if (expected.ValueKind != JsonValueKind.Object)
        {
            return $"binary of {bytes.Length} bytes";
        }

        if (bytes.Length > MaxShownBinary || expected.TryGetProperty("$sha256", out _))
        {
            return expected.TryGetProperty("$sha256", out var digest)
                && expected.GetProperty("length").GetInt32() == bytes.Length
                && digest.GetString() == Hex(bytes)
                    ? expected.GetRawText()
                    : $"binary of {bytes.Length} bytes with another digest";
        }

        var same = expected.TryGetProperty("$utf8", out var text)
            ? text.GetString() == Encoding.UTF8.GetString(bytes)
            : expected.TryGetProperty("$base64", out var base64) && base64.GetString() == Convert.ToBase64String(bytes);
        return same ? expected.GetRawText() : $"binary {Encoding.UTF8.GetString(bytes)}";
    }

    private static string LongText(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return string.Create(CultureInfo.InvariantCulture, $"long text of {text.Length} units, {bytes.Length} bytes, {Hex(bytes)}");
    }

    private static string Date(long milliseconds) =>
        DateTime.UnixEpoch.AddMilliseconds(milliseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Cut(string text) => text.Length > 300 ? text[..300] + "…" : text;
}
