using System.Text.RegularExpressions;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>The pages that are seen before anybody is signed in, and those of the own account.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed partial class SignInLookTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    public static TheoryData<string, int, ColorScheme> Looks() => ScreenLooks.Of(
        "sign-in", "sign-in-refused", "sign-in-code", "welcome", "profile-codes", "accounts-invited");

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_fits_breaks_no_policy_and_is_accessible(string name, int width, ColorScheme scheme)
    {
        var page = await OpenAsync(name, width, scheme);
        var complaints = page.Complaints();

        await ShowAsync(page, name);

        await page.MustLookRightAsync(name, width, scheme);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Recovery_codes_stay_in_the_window_before_all_styles_have_come()
    {
        var page = await OpenAsync("profile-codes", 1440, ColorScheme.Light);
        await page.RouteAsync(new Regex(@"\.css"), route =>
            SomeStyles().IsMatch(route.Request.Url) ? route.ContinueAsync() : route.AbortAsync());

        await TurnOnAsync(page);

        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
    }

    [GeneratedRegex("/css/(tokens|feedback|accounts)")]
    private static partial Regex SomeStyles();

    private async Task<IPage> OpenAsync(string name, int width, ColorScheme scheme) => name switch
    {
        "accounts-invited" => await portal.OpenAsync(width, scheme),
        "profile-codes" => await portal.OpenAsync(await portal.SignInAsync(PortalRole.Support, ApiSystem.NewName("coded")), width, scheme),
        _ => await portal.OpenSignedOutAsync(width, scheme),
    };

    private async Task ShowAsync(IPage page, string name)
    {
        switch (name)
        {
            case "welcome":
                var link = await portal.Api.Api.AddPortalLinkAsync(new PortalLinkRequest(), Token);
                await page.GotoAsync($"welcome#{link.Token}");
                await page.GetByLabel("Account name").WaitForAsync();
                break;
            case "profile-codes":
                await TurnOnAsync(page);
                break;
            case "accounts-invited":
                await page.ShowAsync("accounts");
                await page.GetByRole(AriaRole.Button, new() { Name = "Invite somebody" }).ClickAsync();
                await page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
                await page.GetByTestId("link").WaitForAsync();
                break;
            case "sign-in-code":
                var account = ApiSystem.NewName("factor");
                await TurnOnAsync(await portal.OpenAsync(await portal.SignInAsync(PortalRole.Support, account)));
                await page.GotoAsync("sign-in");
                await SubmitAsync(page, account, PortalSystem.Password);
                await page.GetByLabel("Code").WaitForAsync();
                break;
            default:
                await page.GotoAsync("sign-in");
                if (name == "sign-in-refused")
                {
                    await SubmitAsync(page, ApiSystem.NewName("nobody"), "wrong password");
                    await page.GetByText("Name and password do not fit.").WaitForAsync();
                }

                break;
        }
    }

    private static async Task TurnOnAsync(IPage page)
    {
        await page.GotoAsync("profile");
        var key = await page.Locator(".second-factor code").InnerTextAsync();
        await page.GetByLabel("Code").FillAsync(TimeBasedCode.Now(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await page.Locator(".codes code").First.WaitForAsync();
    }

    private static async Task SubmitAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("Account name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
