using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

[Collection(BrowserTestGroup.Name)]
public sealed class ThemeTests(PortalSystem portal) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Choice_stands_above_the_system_and_comes_with_the_first_byte_of_the_next_page()
    {
        var page = await portal.OpenAsync(scheme: ColorScheme.Light);
        await page.ShowAsync("users");
        var light = await BackgroundAsync(page);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Theme: as the system" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Theme: light" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Theme: dark" }).WaitForAsync();
        var dark = await BackgroundAsync(page);
        var next = await page.Context.APIRequest.GetAsync(new Uri(portal.Address, "sign-in").ToString());

        Assert.NotEqual(light, dark);
        Assert.Contains("""<html lang="en" data-theme="dark">""", await next.TextAsync(), StringComparison.Ordinal);
        await page.ShowAsync("deliveries");
        Assert.Equal(dark, await BackgroundAsync(page));
    }

    [Fact]
    public async Task Switch_back_to_the_system_leaves_nothing_behind()
    {
        var page = await portal.OpenSignedOutAsync(scheme: ColorScheme.Dark);
        await page.GotoAsync("sign-in");
        for (var click = 0; click < 3; click++)
        {
            await page.Locator(".theme-button").ClickAsync();
        }

        Assert.DoesNotContain(await page.Context.CookiesAsync(), cookie => cookie.Name == "lmtp.theme");
        Assert.Equal("dark", await page.EvaluateAsync<string>("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'"));
        Assert.Null(await page.Locator("html").GetAttributeAsync("data-theme"));
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Sign_in_page_is_accessible_and_has_the_switch(int width, ColorScheme scheme)
    {
        var page = await portal.OpenSignedOutAsync(width, scheme);
        await page.GotoAsync("sign-in");
        await page.Locator(".theme-button").WaitForAsync();

        await page.MustBeUsableAsync();
    }

    [Theory]
    [InlineData("sign-in")]
    [InlineData("users")]
    public async Task Page_is_not_painted_before_its_styles_are_there(string address)
    {
        var page = await (address == "sign-in" ? portal.OpenSignedOutAsync() : portal.OpenAsync());
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        var styles = await page.EvaluateAsync<string[]>("""
            () => performance.getEntriesByType("resource").filter(entry => new URL(entry.name).pathname.endsWith(".css")).map(entry => entry.renderBlockingStatus)
            """);

        Assert.NotEmpty(styles);
        Assert.All(styles, status => Assert.Equal("blocking", status));
    }

    private static Task<string> BackgroundAsync(IPage page) =>
        page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
}
