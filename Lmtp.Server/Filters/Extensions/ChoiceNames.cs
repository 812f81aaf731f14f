namespace Lmtp.Server.Filters.Extensions;

/// <summary>
/// The values of a choice by their names in camel case, made once: filters are read anew for each message, and enumerating
/// values costs more than all else in it.
/// </summary>
/// <typeparam name="T">The choice.</typeparam>
internal static class ChoiceNames<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values = Enum.GetValues<T>().ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>The names, in the order of the values.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<T>().Select(NameOf)];

    /// <summary>The value of this name; null when there is none.</summary>
    public static T? Find(string name) => Values.TryGetValue(name, out var value) ? value : null;

    private static string NameOf(T value)
    {
        var name = value.ToString();
        return string.Concat(char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1));
    }
}
