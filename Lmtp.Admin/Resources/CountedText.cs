using System.Globalization;

namespace Lmtp.Admin.Resources;

/// <summary>
/// Texts that depend on a number. Each is in the resources once for every plural category of the language, under its name and
/// the category as CLDR calls it: <c>CountUsers_one</c>, <c>CountUsers_other</c>.
/// </summary>
internal static class CountedText
{
    private const string One = "_one";
    private const string Other = "_other";

    /// <summary>The text for a number, which is its place <c>{0}</c>.</summary>
    /// <param name="name">The name without the category.</param>
    /// <param name="count">The number that decides.</param>
    /// <param name="more">What the places from <c>{1}</c> on stand for.</param>
    public static string Of(string name, long count, params ReadOnlySpan<object?> more) =>
        string.Format(CultureInfo.CurrentCulture, Find(name, count), [count, .. more]);

    /// <summary>The text for a number, as it stands in the resources.</summary>
    /// <param name="name">The name without the category.</param>
    /// <param name="count">The number that decides.</param>
    public static string Find(string name, long count)
    {
        var culture = CultureInfo.CurrentUICulture;
        return Texts.ResourceManager.GetString(name + (count == 1 ? One : Other), culture)
            ?? throw new ArgumentException($"{name} is in no plural form.", nameof(name));
    }
}
