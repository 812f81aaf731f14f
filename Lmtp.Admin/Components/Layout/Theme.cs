namespace Lmtp.Admin.Components.Layout;

/// <summary>
/// Light, dark, or as the viewer's system says. The choice is a cookie, so that the first byte of a page has it already and
/// nothing flashes; theme-switch.js writes it.
/// </summary>
internal static class Theme
{
    /// <summary>The cookie's name, which theme-switch.js knows too.</summary>
    public const string CookieName = "lmtp.theme";

    /// <summary>What the viewer has chosen: <c>light</c>, <c>dark</c>, or null for the system's.</summary>
    public static string? Of(HttpContext context) => context.Request.Cookies[CookieName] switch
    {
        "light" => "light",
        "dark" => "dark",
        _ => null,
    };
}
