using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>The windows in which every page is looked at: wide and phone-narrow, light and dark.</summary>
internal static class ScreenLooks
{
    public static TheoryData<string, int, ColorScheme> Of(params ReadOnlySpan<string> pages)
    {
        var looks = new TheoryData<string, int, ColorScheme>();
        foreach (var page in pages)
        {
            looks.Add(page, 1440, ColorScheme.Light);
            looks.Add(page, 1440, ColorScheme.Dark);
            looks.Add(page, 360, ColorScheme.Light);
            looks.Add(page, 360, ColorScheme.Dark);
        }

        return looks;
    }
}
