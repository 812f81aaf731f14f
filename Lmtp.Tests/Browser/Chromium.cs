using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>Debian's Chromium, without its calls home.</summary>
internal static class Chromium
{
    // What draws no windows takes two thirds of the time; the pages are drawn by the same engine.
    private static readonly string[] Paths = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private static readonly string? Path = Array.Find(Paths, File.Exists);

    public static bool IsInstalled => Path is not null;

    public static string Missing => $"{string.Join(" and ", Paths)} are not installed (Debian packages chromium-headless-shell and chromium; one will do).";

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Path,
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",

            // A page that a test answers itself would be kept from calling this machine, and its mail too: no test could fail.
            "--disable-features=LocalNetworkAccessChecks",
        ],
    });
}
