using System.Text.Json;

namespace Lmtp.Admin.Components.Audit;

/// <summary>Compares two states of something, field by field.</summary>
internal static class StateDifference
{
    private const int MaxDepth = 16;

    /// <summary>All fields of either state, in the order of the newer one; fields that only the older has come last.</summary>
    public static IReadOnlyList<FieldDifference> Of(JsonElement? before, JsonElement? after)
    {
        var (old, since) = (Flatten(before), Flatten(after));
        var fields = since.Keys.Concat(old.Keys.Where(field => !since.ContainsKey(field)));
        return [.. fields.Select(field => new FieldDifference(field, old.GetValueOrDefault(field), since.GetValueOrDefault(field)))];
    }

    private static Dictionary<string, string?> Flatten(JsonElement? state)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (state is { } given)
        {
            Add(fields, string.Empty, given, 0);
        }

        return fields;
    }

    private static void Add(Dictionary<string, string?> fields, string path, JsonElement value, int depth)
    {
        if (depth < MaxDepth && value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                Add(fields, path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value, depth + 1);
            }
        }
        else if (depth < MaxDepth && value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(IsComposed))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Add(fields, $"{path}[{index++}]", item, depth + 1);
            }
        }
        else
        {
            fields[path] = Text(value);
        }
    }

    private static bool IsComposed(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}
