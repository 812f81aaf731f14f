using System.Text;
using System.Text.Json;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Bson.Serialization;

namespace Lmtp.Tests.Unit.Bson;

/// <summary>Every file of the BSON corpus of the MongoDB specifications.</summary>
public sealed class BsonCorpusTests
{
    private const string Folder = "spec-tests/mongodb/bson-corpus";

    /// <summary>Cases in which the driver differs from the corpus, and why.</summary>
    private static readonly Dictionary<string, string> Deviations = new()
    {
        ["dbpointer.json"] = "the driver has no type for the deprecated DBPointer",
        ["multi-type-deprecated.json: All BSON types"] = "the driver has no type for the deprecated DBPointer",
        ["top.json: Bad DBpointer (extra field)"] = "the driver has no type for the deprecated DBPointer",
        ["top.json: Stated length less than byte count, with garbage after envelope"] = "the driver reads one document and leaves what follows",
        ["top.json: Bad $date (number, not string or hash)"] = "the driver accepts plain milliseconds",
        ["top.json: Bad DBRef (ref is number, not string)"] = "DBRef is a convention, not a type: the driver reads it as a document",
        ["top.json: Bad DBRef (db is number, not string)"] = "DBRef is a convention, not a type: the driver reads it as a document",
        ["top.json: Bad $numberLong (number, not string)"] = "the driver accepts a plain number",
        ["top.json: Null byte in document key"] = "the driver finds the null byte when the document is written, not when it is read",
        ["top.json: Null byte in sub-document key"] = "the driver finds the null byte when the document is written, not when it is read",
        ["top.json: Null byte in $regularExpression pattern"] = "the driver finds the null byte when the document is written, not when it is read",
        ["top.json: Null byte in $regularExpression options"] = "the driver finds the null byte when the document is written, not when it is read",
    };

    private static readonly JsonWriterSettings Canonical = new() { OutputMode = JsonOutputMode.CanonicalExtendedJson };
    private static readonly JsonWriterSettings Relaxed = new() { OutputMode = JsonOutputMode.RelaxedExtendedJson };

    public static TheoryData<string> Files()
    {
        var folder = SharedData.Root is null ? null : Path.Combine(SharedData.Root, Folder);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : ["array.json"];
        return [.. files.Select(file => Path.GetFileName(file)).Where(file => !Deviations.ContainsKey(file)).Order()];
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_of_the_corpus_holds(string file)
    {
        using var corpus = JsonDocument.Parse(File.ReadAllText(SharedData.RequireFile($"{Folder}/{file}")));
        var faults = new List<string>();
        var counts = (Valid: 0, DecodeErrors: 0, ParseErrors: 0);
        foreach (var test in Cases(corpus, "valid"))
        {
            counts.Valid++;
            Run(file, test, faults, CheckValid);
        }

        foreach (var test in Cases(corpus, "decodeErrors"))
        {
            counts.DecodeErrors++;
            Run(file, test, faults, CheckDecodeError);
        }

        foreach (var test in Cases(corpus, "parseErrors"))
        {
            counts.ParseErrors++;
            Run(file, test, faults, one => CheckParseError(corpus, one));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{file}: {counts.Valid} valid, {counts.DecodeErrors} decode errors, {counts.ParseErrors} parse errors");
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private static JsonElement.ArrayEnumerator Cases(JsonDocument corpus, string kind)
    {
        return corpus.RootElement.TryGetProperty(kind, out var cases) ? cases.EnumerateArray() : default;
    }

    private static void Run(string file, JsonElement test, List<string> faults, Action<JsonElement> check)
    {
        var description = test.GetProperty("description").GetString()!;
        if (Deviations.ContainsKey($"{file}: {description}"))
        {
            return;
        }

        try
        {
            check(test);
        }
        catch (Exception exception)
        {
            faults.Add($"{description}: {exception.GetType().Name}: {exception.Message}");
        }
    }

    private static void CheckValid(JsonElement test)
    {
        var bytes = Convert.FromHexString(Text(test, "canonical_bson")!);
        var lossy = test.TryGetProperty("lossy", out var flag) && flag.GetBoolean();
        var document = BsonSerializer.Deserialize<BsonDocument>(bytes);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(document.ToBson()));
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(new BsonDocument(new RawBsonDocument(bytes)).ToBson()));

        var canonical = Text(test, "canonical_extjson")!;
        Assert.Equal(Normalize(canonical), Normalize(document.ToJson(Canonical)));
        if (!lossy)
        {
            Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(BsonDocument.Parse(canonical).ToBson()));
        }

        if (Text(test, "relaxed_extjson") is { } relaxed)
        {
            Assert.Equal(Normalize(relaxed), Normalize(document.ToJson(Relaxed)));
            Assert.Equal(Normalize(relaxed), Normalize(BsonDocument.Parse(relaxed).ToJson(Relaxed)));
        }

        if (Text(test, "degenerate_bson") is { } degenerate)
        {
            Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(BsonSerializer.Deserialize<BsonDocument>(Convert.FromHexString(degenerate)).ToBson()));
        }

        if (Text(test, "degenerate_extjson") is { } degenerateJson && !lossy)
        {
            Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(BsonDocument.Parse(degenerateJson).ToBson()));
        }
    }

    private static void CheckDecodeError(JsonElement test)
    {
        var bytes = Convert.FromHexString(Text(test, "bson")!);
        var exception = Assert.ThrowsAny<Exception>(() => BsonSerializer.Deserialize<BsonDocument>(bytes));
        Assert.True(IsExpected(exception), $"unexpected {exception}");
    }

    private static void CheckParseError(JsonDocument corpus, JsonElement test)
    {
        var text = Text(test, "string")!;
        var isDecimal = corpus.RootElement.GetProperty("bson_type").GetString() == "0x13";
        var exception = Assert.ThrowsAny<Exception>(() => isDecimal ? (object)Decimal128.Parse(text) : BsonDocument.Parse(text).ToBson());
        Assert.True(IsExpected(exception), $"unexpected {exception}");
    }

    private static bool IsExpected(Exception exception)
    {
        return exception is FormatException or EndOfStreamException or BsonSerializationException or ArgumentException or OverflowException;
    }

    private static string? Text(JsonElement test, string name) => test.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>The same JSON without white space and with one way of escaping; numbers stay as they are written.</summary>
    private static string Normalize(string json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Append(text, document.RootElement);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var property in element.EnumerateObject())
                {
                    text.Append(JsonSerializer.Serialize(property.Name)).Append(':');
                    Append(text, property.Value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in element.EnumerateArray())
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                text.Append(JsonSerializer.Serialize(NormalizeNumber(element.GetString()!)));
                break;
            case JsonValueKind.Number:
                text.Append(NormalizeNumber(element.GetRawText()));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    /// <summary>The corpus writes exponents of doubles as 1.2E+10 or 1.2e10: any form of the same double is right.</summary>
    private static string NormalizeNumber(string text)
    {
        return text.AsSpan().ContainsAny('.', 'E', 'e') && text.Length < 26 && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && !text.Contains("E+6", StringComparison.Ordinal)
            && text.All(letter => char.IsAsciiDigit(letter) || letter is '.' or '-' or '+' or 'E' or 'e')
            ? number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)
            : text;
    }
}
