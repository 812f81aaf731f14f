using System.Text.Json;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Checks JSON against the part of JSON Schema 2020-12 that the API's document uses.</summary>
internal sealed class OpenApiSchema(JsonElement document)
{
    /// <summary>What is wrong with a value, each with its path; empty when nothing is.</summary>
    public IReadOnlyList<string> Check(JsonElement schema, JsonElement value)
    {
        List<string> faults = [];
        Check(Resolve(schema), value, "$", faults);
        return faults;
    }

    /// <summary>The element that a local reference points to.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/').Skip(1).Aggregate(document, (element, name) => element.GetProperty(name));
        }

        return schema;
    }

    /// <summary>The schema of an object that may also be null: the one that is not null.</summary>
    public JsonElement ResolveObject(JsonElement schema)
    {
        var resolved = Resolve(schema);
        return resolved.TryGetProperty("oneOf", out var alternatives)
            ? alternatives.EnumerateArray().Select(Resolve).LastOrDefault(static alternative => alternative.TryGetProperty("properties", out _))
            : resolved;
    }

    /// <summary>The paths of all fields of an object, those of objects within it included.</summary>
    public IEnumerable<IReadOnlyList<string>> Fields(JsonElement schema, int depth = 0)
    {
        const int MaxDepth = 4;
        var type = ResolveObject(schema);
        if (depth == MaxDepth || type.ValueKind != JsonValueKind.Object || !type.TryGetProperty("properties", out var properties))
        {
            yield break;
        }

        foreach (var property in properties.EnumerateObject())
        {
            yield return [property.Name];
            foreach (var inner in Fields(property.Value, depth + 1))
            {
                yield return [property.Name, .. inner];
            }
        }
    }

    /// <summary>Whether an object has to have a field, which may be one of an object within it.</summary>
    public bool IsRequired(JsonElement schema, IReadOnlyList<string> field)
    {
        var type = ResolveObject(schema);
        return field.Count == 1
            ? type.TryGetProperty("required", out var required) && required.EnumerateArray().Any(name => name.GetString() == field[0])
            : IsRequired(type.GetProperty("properties").GetProperty(field[0]), [.. field.Skip(1)]);
    }

    private void Check(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (schema.TryGetProperty("oneOf", out var alternatives))
        {
            if (!alternatives.EnumerateArray().Any(alternative => Check(alternative, value).Count == 0))
            {
                faults.Add($"{path} fits none of the alternatives");
            }

            return;
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => Fits(name, value)))
        {
            faults.Add($"{path} is {value.ValueKind}, not {type}");
            return;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            CheckObject(schema, value, path, faults);
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(Resolve(items), item, $"{path}[{index++}]", faults);
            }
        }
    }

    private void CheckObject(JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            faults.AddRange(required.EnumerateArray()
                .Where(name => !value.TryGetProperty(name.GetString()!, out _))
                .Select(name => $"{path} lacks {name}"));
        }

        if (!schema.TryGetProperty("properties", out var properties))
        {
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (properties.TryGetProperty(member.Name, out var property))
            {
                Check(Resolve(property), member.Value, $"{path}.{member.Name}", faults);
            }
            else
            {
                faults.Add($"{path}.{member.Name} is not in the document");
            }
        }
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Select(name => name.GetString()!)
        : [type.GetString()!];

    private static bool Fits(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };
}
