using System.Text.Json;

namespace Lmtp.Admin.Components.Status;

/// <summary>A setting with the value in force.</summary>
/// <param name="Key">Its key as configuration files name it.</param>
/// <param name="Value">The value; empty for none.</param>
public sealed record EffectiveSetting(string Key, string Value)
{
    /// <summary>All settings of the sections, in the order of their keys.</summary>
    internal static IReadOnlyList<EffectiveSetting> Of(IReadOnlyDictionary<string, JsonElement> sections) =>
        [.. sections.SelectMany(static section => Flatten(section.Key, section.Value)).OrderBy(static setting => setting.Key, StringComparer.Ordinal)];

    private static IEnumerable<EffectiveSetting> Flatten(string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Flatten($"{key}:{Name(member.Name)}", member.Value)),
        JsonValueKind.Array when value.GetArrayLength() > 0 =>
            value.EnumerateArray().SelectMany((item, index) => Flatten($"{key}:{index}", item)),
        JsonValueKind.Array or JsonValueKind.Null => [new EffectiveSetting(key, string.Empty)],
        _ => [new EffectiveSetting(key, value.ToString())],
    };

    private static string Name(string member) => char.ToUpperInvariant(member[0]) + member[1..];
}
