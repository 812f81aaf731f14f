using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>What every test of a page does.</summary>
internal static class PageExtensions
{
    /// <summary>Goes to a page and waits until it answers to clicks, which is later than until it is shown.</summary>
    public static async Task ShowAsync(this IPage page, string address)
    {
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.Locator("main[data-interactive=true]").WaitForAsync();
    }
}
