using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>How pages look with the forms and dialogs that somebody has opened on them.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class OpenFormTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    public static TheoryData<string, int, ColorScheme> Looks() => ScreenLooks.Of("users-new", "keys-new", "keys-made", "addresses-new", "audit-change");

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_fits_breaks_no_policy_and_is_accessible(string name, int width, ColorScheme scheme)
    {
        var page = await portal.OpenAsync(width, scheme);
        var complaints = page.Complaints();

        await ShowAsync(page, name);

        await page.MustLookRightAsync(name, width, scheme);
        Assert.Empty(complaints);
    }

    private static async Task PressAsync(IPage page, string button) =>
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private async Task ShowAsync(IPage page, string name)
    {
        switch (name)
        {
            case "users-new":
                await page.ShowAsync("users");
                await PressAsync(page, "New user");
                await page.GetByLabel("User name", new() { Exact = true }).FillAsync("not valid");
                await PressAsync(page, "Create user");
                await page.Locator("#new-username-error").WaitForAsync();
                break;
            case "addresses-new":
                await page.ShowAsync("addresses");
                await PressAsync(page, "New alias");
                await PressAsync(page, "New forwarded address");
                await page.GetByLabel("Targets").WaitForAsync();
                break;
            case "audit-change":
                var user = await portal.Api.NewUserAsync("changed");
                await portal.Api.Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Name = new string('w', 120), SpamLevel = 10 }, Token);
                await page.ShowAsync($"audit?target={user.Id}");
                await page.GetByRole(AriaRole.Button, new() { Name = "Update user" }).ClickAsync();
                await page.GetByRole(AriaRole.Dialog).WaitForAsync();
                break;
            default:
                await page.ShowAsync("keys");
                await PressAsync(page, "New key");
                await page.GetByLabel("Name", new() { Exact = true }).FillAsync(ApiSystem.NewName("looked-at"));
                if (name == "keys-made")
                {
                    await PressAsync(page, "Make the key");
                    await page.GetByTestId("key").WaitForAsync();
                }

                break;
        }
    }
}
