namespace Lmtp.Server.Mime;

/// <summary>
/// Upper and lower case by the full mappings of Unicode, as ECMAScript applies them; .NET's own keep the length of the
/// string.
/// </summary>
internal static class Casing
{
    public static string ToLower(string text)
    {
        var lower = text.ToLowerInvariant();
        return lower;
    }

    public static string ToUpper(string text) => text.ToUpperInvariant();
}
