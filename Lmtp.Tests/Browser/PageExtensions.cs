using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>What every test of a page does.</summary>
internal static class PageExtensions
{
    // Of WCAG 2.2 level AA, axe leaves only the size of targets out unless it is asked for. What passes needs no description.
    private static readonly AxeRunOptions Rules = new()
    {
        Iframes = false,
        ResultTypes = [ResultType.Violations],
        Rules = new Dictionary<string, RuleOptions> { ["target-size"] = new() { Enabled = true } },
    };

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
        // The other way opens a window of its own for each audit, to gather what several frames say; this looks at one.
#pragma warning disable CS0618
        var audit = await page.RunAxeLegacy(options: Rules);
#pragma warning restore CS0618
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
