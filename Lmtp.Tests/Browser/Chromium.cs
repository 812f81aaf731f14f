using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>Debian's Chromium, without its calls home.</summary>
internal static class Chromium
{
    private const string Path = "/usr/bin/chromium";

    public static bool IsInstalled => File.Exists(Path);

    public static string Missing => $"{Path} is not installed (Debian package chromium).";

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
