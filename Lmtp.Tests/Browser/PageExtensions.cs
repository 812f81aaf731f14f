using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
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

    /// <summary>Collects what the browser complains about from now on.</summary>
    public static IReadOnlyList<string> Complaints(this IPage page)
    {
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };
        return complaints;
    }

    /// <summary>Fails where something is wider than the window or not accessible.</summary>
    public static async Task MustBeUsableAsync(this IPage page)
    {
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
        var audit = await page.RunAxe(new AxeRunOptions { Iframes = false });
        Assert.Empty(audit.Violations.Select(violation =>
            $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}"));
    }

    /// <summary>Fails where something is wider than the window or not accessible; takes a picture of the whole page.</summary>
    public static async Task MustLookRightAsync(this IPage page, string name, int width, ColorScheme scheme)
    {
        await page.MustBeUsableAsync();
        Directory.CreateDirectory(PortalSystem.Screenshots);
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(
                PortalSystem.Screenshots, string.Create(CultureInfo.InvariantCulture, $"{name}-{scheme}-{width}.png").ToLowerInvariant()),
            FullPage = true,
        });
    }
}
