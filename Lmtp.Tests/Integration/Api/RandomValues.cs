using System.Text.Json;
using System.Text.Json.Nodes;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Values that a request had better not hold.</summary>
internal sealed class RandomValues(Random random)
{
    private const int MaxDepth = 3;

    /// <summary>One of each kind, the random ones different each time.</summary>
    public IEnumerable<JsonNode?> Odd() =>
    [
        null,
        JsonValue.Create(true),
        JsonValue.Create(-1),
        JsonValue.Create(long.MaxValue),
        JsonValue.Create(1e300),
        JsonValue.Create(0.5),
        JsonValue.Create(string.Empty),
        JsonValue.Create(" "),
        JsonValue.Create("\0"),
        JsonValue.Create("a\r\nb"),
        JsonValue.Create("../.."),
        JsonValue.Create("$where"),
        JsonValue.Create("@"),
        JsonValue.Create("a@b@c"),
        JsonValue.Create("9999-12-31T23:59:59.9999999+14:00"),
        JsonValue.Create("0001-01-01T00:00:00-14:00"),
        JsonValue.Create(new string('a', 3000)),
        JsonValue.Create(Text()),
        new JsonArray(),
        new JsonArray(null, JsonValue.Create(1), new JsonArray()),
        new JsonArray(JsonValue.Create(Text()), JsonValue.Create(string.Empty)),
        new JsonObject { [string.Empty] = null },
        Value(0),
    ];

    /// <summary>A body with some of the members that the schema knows, most of them of the wrong kind.</summary>
    public JsonNode? Body(OpenApiSchema schema, JsonElement type) => random.Next(20) == 0 ? Value(0) : Object(schema, schema.Resolve(type), 0);

    /// <summary>Some of the parameters that an operation knows.</summary>
    public string Query(ApiOperation operation) => "?" + string.Join('&', operation.QueryParameters
        .Where(_ => random.Next(2) == 0)
        .Select(parameter => $"{parameter.GetProperty("name").GetString()}={Uri.EscapeDataString(Value(MaxDepth)?.ToString() ?? string.Empty)}"));

    private JsonObject Object(OpenApiSchema schema, JsonElement type, int depth)
    {
        var result = new JsonObject();
        if (type.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject().Where(_ => random.Next(4) > 0))
            {
                var inner = schema.ResolveObject(property.Value);
                result[property.Name] =
                    depth < MaxDepth && inner.ValueKind == JsonValueKind.Object && inner.TryGetProperty("properties", out _) && random.Next(4) > 0
                        ? Object(schema, inner, depth + 1)
                        : Value(0);
            }
        }

        // The probe tools would wait that long for whatever host they are given.
        if (result.ContainsKey("timeout"))
        {
            result["timeout"] = 100;
        }

        return result;
    }

    private JsonNode? Value(int depth) => random.Next(depth >= MaxDepth ? 6 : 8) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        3 => JsonValue.Create(random.Next(-2, 200)),
        4 => JsonValue.Create(Text()),
        5 => JsonValue.Create($"u{random.Next(1_000_000)}@api.test"),
        6 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth + 1))]),
        _ => new JsonObject([KeyValuePair.Create("x", Value(depth + 1))]),
    };

    private string Text() => string.Concat(Enumerable.Range(0, random.Next(random.Next(10) == 0 ? 2000 : 12))
        .Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x7f : 0xd7ff)));
}
