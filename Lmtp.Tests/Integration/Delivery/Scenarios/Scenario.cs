using System.Text;
using System.Text.Json;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Delivery.Scenarios;

/// <summary>One of the corpus's delivery decisions: what there was, and what WildDuck made of it.</summary>
internal sealed class Scenario
{
    private readonly JsonElement _root;

    private Scenario(JsonElement root) => _root = root;

    /// <summary>The scenario of this name; the test skips where the corpus is absent.</summary>
    public static Scenario Read(string name)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(SharedData.RequireFile($"corpus/scenarios/{name}.json")));
        return new Scenario(json.RootElement.Clone());
    }

    public string Sender => Input("sender").GetString()!;

    /// <summary>The recipients of the one transaction, in order.</summary>
    public IReadOnlyList<string> Recipients =>
        [.. new[] { Input("recipient"), Input("secondRecipient") }
            .Where(value => value.ValueKind == JsonValueKind.String)
            .Select(value => value.GetString()!)];

    public byte[] Message => Encoding.Latin1.GetBytes(Input("message").GetString()!);

    public BsonDocument User => ToBson(Input("user")).AsBsonDocument;

    public IEnumerable<BsonDocument> Filters => Input("filters").EnumerateArray().Select(ToBson).Cast<BsonDocument>();

    /// <summary>The user's autoreply, or null.</summary>
    public BsonDocument? Autoreply => ToBson(Input("autoreply")) as BsonDocument;

    /// <summary>What the mailbox holds already, or null.</summary>
    public BsonDocument? ExistingMessage => ToBson(Input("existingMessage")) as BsonDocument;

    /// <summary>The counter that a daily limit has reached, or null.</summary>
    public int? CounterReached => Input("ttlcounterAnswer") is { ValueKind: JsonValueKind.Array } answer ? answer[1].GetInt32() : null;

    /// <summary>What WildDuck did for each recipient, in their order.</summary>
    public IReadOnlyList<JsonElement> Results =>
        _root.TryGetProperty("resultSecond", out var second)
            ? [_root.GetProperty("result"), second]
            : [_root.GetProperty("result")];

    /// <summary>A value of the corpus's notation: JSON with BSON types as single-member objects.</summary>
    public static BsonValue ToBson(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => ToTyped(value) ?? new BsonDocument(
            value.EnumerateObject().Select(member => new BsonElement(member.Name, ToBson(member.Value)))),
        JsonValueKind.Array => new BsonArray(value.EnumerateArray().Select(ToBson)),
        JsonValueKind.String => new BsonString(value.GetString()!),
        JsonValueKind.Number => new BsonInt32(value.GetInt32()),
        JsonValueKind.True => BsonBoolean.True,
        JsonValueKind.False => BsonBoolean.False,
        _ => BsonNull.Value,
    };

    private static BsonValue? ToTyped(JsonElement value)
    {
        using var members = value.EnumerateObject();
        if (!members.MoveNext())
        {
            return null;
        }

        var content = members.Current.Value;
        return members.Current.Name switch
        {
            "$oid" => ObjectId.Parse(content.GetString()!),
            "$date" => new BsonDateTime(content.GetDateTime().ToUniversalTime()),
            "$double" => new BsonDouble(content.GetDouble()),
            "$base64" => new BsonBinaryData(content.GetBytesFromBase64()),
            _ => null,
        };
    }

    private JsonElement Input(string name) => _root.GetProperty("input").GetProperty(name);
}
