using Xunit.Sdk;

namespace Lmtp.Tests.Browser;

/// <summary>The audit that the tests of the pages rely on finds what is wrong with a page.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class PageAuditTests(PortalSystem portal) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Theory]
    [InlineData("<img src='data:,'>", "image-alt")]
    [InlineData("<p style='background: #fff; color: #aaa'>Hardly to be read</p>", "color-contrast")]
    [InlineData("<button style='all: unset; width: 9px'>a</button><button style='all: unset; width: 9px'>b</button>", "target-size")]
    public async Task What_is_not_accessible_is_found(string content, string rule)
    {
        var page = await portal.OpenSignedOutAsync();
        await page.SetContentAsync($"<html lang='en'><title>Page</title><main><h1>Page</h1>{content}</main></html>");

        var found = await Assert.ThrowsAnyAsync<XunitException>(page.MustBeUsableAsync);

        Assert.Contains(rule, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_wider_than_its_window_is_found()
    {
        var page = await portal.OpenSignedOutAsync(width: 360);
        await page.SetContentAsync("<html lang='en'><title>Page</title><main><h1 style='width: 400px'>Page</h1></main></html>");

        await Assert.ThrowsAnyAsync<XunitException>(page.MustBeUsableAsync);
    }

    [Fact]
    public async Task Page_without_fault_passes()
    {
        var page = await portal.OpenSignedOutAsync();
        await page.SetContentAsync("<html lang='en'><title>Page</title><main><h1>Page</h1></main></html>");

        await page.MustBeUsableAsync();
    }
}
