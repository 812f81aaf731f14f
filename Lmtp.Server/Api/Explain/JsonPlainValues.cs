using System.Text.Json;

namespace Lmtp.Server.Api.Explain;

/// <summary>JSON as plain values, for rules that know no format.</summary>
internal static class JsonPlainValues
{
    /// <summary>The fields of an object: null, bool, long, double, string, list and dictionary.</summary>
    public static IReadOnlyDictionary<string, object?> Of(JsonElement document)
    {
        var fields = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in document.EnumerateObject())
        {
            fields[property.Name] = ValueOf(property.Value);
        }

        return fields;
    }

    private static object? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var number) ? number : value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(ValueOf).ToList(),
        JsonValueKind.Object => Of(value),
        _ => null,
    };
}
