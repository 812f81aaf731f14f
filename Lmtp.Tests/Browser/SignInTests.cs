using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

[Collection(BrowserTestGroup.Name)]
public sealed class SignInTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Page_asks_to_sign_in_and_comes_back_to_itself()
    {
        var page = await portal.OpenSignedOutAsync();
        await page.GotoAsync("tools");

        await SubmitAsync(page, PortalSystem.AdministratorName, PortalSystem.Password);

        await page.WaitForURLAsync(new Uri(portal.Address, "tools").ToString());
    }

    [Fact]
    public async Task Return_address_elsewhere_is_not_followed()
    {
        var page = await portal.OpenSignedOutAsync();
        await page.GotoAsync("sign-in?returnUrl=//evil.test/");

        await SubmitAsync(page, PortalSystem.AdministratorName, PortalSystem.Password);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).WaitForAsync();
        Assert.StartsWith(portal.Address.ToString(), page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_is_locked_after_five_wrong_passwords_even_for_the_right_one()
    {
        var name = await NewAccountAsync();
        var page = await portal.OpenSignedOutAsync();
        await page.GotoAsync("sign-in");
        for (var attempt = 1; attempt < 5; attempt++)
        {
            await SubmitAsync(page, name, "wrong password");
            await page.GetByText("Name and password do not fit.").WaitForAsync();
        }

        await SubmitAsync(page, name, "wrong password");
        await page.GetByText("Too many wrong attempts").WaitForAsync();
        await SubmitAsync(page, name, PortalSystem.Password);
        await page.GetByText("Too many wrong attempts").WaitForAsync();
    }

    [Fact]
    public async Task Account_with_four_wrong_passwords_still_signs_in()
    {
        var name = await NewAccountAsync();
        var page = await portal.OpenSignedOutAsync();
        await page.GotoAsync("sign-in");
        for (var attempt = 1; attempt < 5; attempt++)
        {
            await SubmitAsync(page, name, "wrong password");
            await page.GetByText("Name and password do not fit.").WaitForAsync();
        }

        await SubmitAsync(page, name, PortalSystem.Password);

        await SignedInAsync(page);
    }

    [Fact]
    public async Task Link_works_once()
    {
        var link = await portal.Api.Api.AddPortalLinkAsync(new PortalLinkRequest(), Token);
        await portal.OpenWelcomeAsync(link, ApiSystem.NewName("once"));
        var page = await portal.OpenSignedOutAsync();

        await page.GotoAsync($"welcome#{link.Token}");

        await page.GetByText("This link is of no use any more.").WaitForAsync();
    }

    [Fact]
    public async Task Secret_of_a_link_stays_out_of_the_address()
    {
        var link = await portal.Api.Api.AddPortalLinkAsync(new PortalLinkRequest(), Token);
        var page = await portal.OpenSignedOutAsync();
        List<string> addresses = [];
        page.Request += (_, request) => addresses.Add(request.Url);

        await page.GotoAsync($"welcome#{link.Token}");
        await page.GetByLabel("Account name").WaitForAsync();

        Assert.DoesNotContain(link.Token!, page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(addresses, address => address.Contains(link.Token!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Short_password_is_refused_and_the_link_stays_good()
    {
        var link = await portal.Api.Api.AddPortalLinkAsync(new PortalLinkRequest(), Token);
        var page = await portal.OpenSignedOutAsync();
        await page.GotoAsync($"welcome#{link.Token}");
        await page.GetByLabel("Account name").FillAsync(ApiSystem.NewName("short"));
        await page.GetByLabel("New password").FillAsync("elevenchars");
        await page.GetByLabel("The same once more").FillAsync("elevenchars");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.GetByText("at least 12 characters").First.WaitForAsync();

        await page.GetByLabel("New password").FillAsync("twelve chars");
        await page.GetByLabel("The same once more").FillAsync("twelve chars");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();

        await SignedInAsync(page);
    }

    [Fact]
    public async Task Session_ends_with_signing_out()
    {
        var page = await portal.OpenAsync(await portal.SignInAsync(PortalRole.ReadOnly, ApiSystem.NewName("leaving")));
        await page.GotoAsync("users");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" }).WaitForAsync();
        await page.GotoAsync("users");

        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" }).WaitForAsync();
    }

    [Fact]
    public async Task Open_page_of_a_deleted_account_asks_to_sign_in()
    {
        var name = ApiSystem.NewName("dismissed");
        var page = await portal.OpenAsync(await portal.SignInAsync(PortalRole.Support, name));
        await page.ShowAsync("users");

        var administrator = await portal.OpenAsync();
        await administrator.ShowAsync("accounts");
        await administrator.GetByRole(AriaRole.Listitem).Filter(new LocatorFilterOptions { HasText = name })
            .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();
        await administrator.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete" }).ClickAsync();

        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Sign in" }).WaitForAsync();
    }

    [Fact]
    public async Task Second_factor_is_asked_for_and_a_recovery_code_stands_in_for_it()
    {
        var name = ApiSystem.NewName("careful");
        var page = await portal.OpenAsync(await portal.SignInAsync(PortalRole.Support, name));
        await page.GotoAsync("profile");
        var key = await page.Locator(".second-factor code").InnerTextAsync();
        await page.GetByLabel("Code").FillAsync(TimeBasedCode.Now(key));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Turn on" }).ClickAsync();
        var recovery = await page.Locator(".codes code").First.InnerTextAsync();

        var second = await portal.OpenSignedOutAsync();
        await second.GotoAsync("sign-in");
        await SubmitAsync(second, name, PortalSystem.Password);
        await second.GetByLabel("Code").FillAsync("000000");
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await second.GetByText("This code is not right").WaitForAsync();
        await second.GetByLabel("Code").FillAsync(TimeBasedCode.Now(key));
        await second.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await SignedInAsync(second);

        var third = await portal.OpenSignedOutAsync();
        await third.GotoAsync("sign-in");
        await SubmitAsync(third, name, PortalSystem.Password);
        await third.GetByLabel("Code").FillAsync(recovery);
        await third.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await SignedInAsync(third);
    }

    [Fact]
    public async Task Invitation_by_an_administrator_makes_an_account_of_that_role()
    {
        var page = await portal.OpenAsync();
        await page.ShowAsync("accounts");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Invite somebody" }).ClickAsync();
        await page.GetByLabel("Role").SelectOptionAsync("ReadOnly");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Make the link" }).ClickAsync();
        var link = await page.GetByTestId("link").InnerTextAsync();

        var guest = await portal.OpenSignedOutAsync();
        await guest.GotoAsync(link);
        await PortalSystem.ChooseAsync(guest, ApiSystem.NewName("guest"));
        await SignedInAsync(guest);
        await guest.GotoAsync("accounts");

        await guest.GetByText("Your role does not allow this page").First.WaitForAsync();
    }

    private async Task<string> NewAccountAsync()
    {
        var name = ApiSystem.NewName("person");
        await portal.SignInAsync(PortalRole.Support, name);
        return name;
    }

    private static async Task SubmitAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("Account name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);

        // The answer may say what the page says already.
        await page.EvaluateAsync("() => { document.documentElement.dataset.submitted = ''; }");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.Locator("html:not([data-submitted])").WaitForAsync();
    }

    private static Task SignedInAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).WaitForAsync();
}
