using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>What people do with their own accounts of the portal, and what an administrator does for who cannot.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class OwnAccountTests(PortalSystem portal) : IAsyncDisposable
{
    private const string NewPassword = "another battery staple";

    private readonly string _name = ApiSystem.NewName("owner");

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Own_password_is_changed_and_sessions_elsewhere_end()
    {
        var session = await portal.SignInAsync(PortalRole.Support, _name);
        var elsewhere = await portal.OpenAsync(session);
        await elsewhere.ShowAsync("users");
        var page = await portal.OpenAsync(session);
        await page.GotoAsync("profile");

        await ChangePasswordAsync(page, "not the password");
        await page.GetByText("Incorrect password.").WaitForAsync();
        await ChangePasswordAsync(page, PortalSystem.Password);
        await page.GetByText("The password is changed").WaitForAsync();

        await elsewhere.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }).WaitForAsync();
        await SignInAsync(NewPassword);
    }

    [Fact]
    public async Task Second_factor_that_is_turned_off_is_not_asked_for()
    {
        var page = await portal.OpenAsync(await portal.SignInAsync(PortalRole.Support, _name));
        await TurnOnSecondFactorAsync(page);
        await page.GotoAsync("profile");

        await page.GetByText("Turn the second factor off").ClickAsync();
        await page.GetByText("the recovery codes are lost").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn off" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).WaitForAsync();

        await SignInAsync(PortalSystem.Password);
    }

    [Fact]
    public async Task Link_for_a_new_password_takes_a_lost_second_factor_away()
    {
        await TurnOnSecondFactorAsync(await portal.OpenAsync(await portal.SignInAsync(PortalRole.Support, _name)));

        await RenewAsync(await MakeLinkAsync(await portal.OpenAsync()), SignedIn);

        await SignInAsync(NewPassword);
    }

    [Fact]
    public async Task Link_for_a_new_password_of_a_deleted_account_says_that_it_is_gone()
    {
        await portal.SignInAsync(PortalRole.Support, _name);
        var administrator = await portal.OpenAsync();
        var link = await MakeLinkAsync(administrator);
        await Row(administrator).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await administrator.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(Row(administrator)).ToHaveCountAsync(0);

        await RenewAsync(link, page => page.GetByText("The account is gone."));
    }

    private static ILocator SignedIn(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Sign out" });

    private static async Task ChangePasswordAsync(IPage page, string before)
    {
        await page.GetByLabel("Password so far").FillAsync(before);
        await page.GetByLabel("New password").FillAsync(NewPassword);
        await page.GetByLabel("The same once more").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
    }

    private static async Task TurnOnSecondFactorAsync(IPage page)
    {
        await page.GotoAsync("profile");
        var key = await page.Locator(".second-factor code").InnerTextAsync();
        await page.GetByLabel("Code").FillAsync(TimeBasedCode.Now(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await page.Locator(".codes code").First.WaitForAsync();
    }

    private ILocator Row(IPage accounts) => accounts.GetByRole(AriaRole.Listitem).Filter(new() { HasText = _name });

    private async Task<string> MakeLinkAsync(IPage administrator)
    {
        await administrator.ShowAsync("accounts");
        await Row(administrator).GetByRole(AriaRole.Button, new() { Name = "Link for a new password" }).ClickAsync();
        return await administrator.GetByTestId("link").InnerTextAsync();
    }

    private async Task RenewAsync(string link, Func<IPage, ILocator> outcome)
    {
        var page = await portal.OpenSignedOutAsync();
        await page.GotoAsync(link);
        await page.GetByText($"Choose a new password for {_name}.").WaitForAsync();
        await page.GetByLabel("New password").FillAsync(NewPassword);
        await page.GetByLabel("The same once more").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await outcome(page).WaitForAsync();
    }

    private async Task SignInAsync(string password)
    {
        var page = await portal.OpenSignedOutAsync();
        await page.GotoAsync("sign-in");
        await page.GetByLabel("Account name").FillAsync(_name);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await SignedIn(page).WaitForAsync();
    }
}
