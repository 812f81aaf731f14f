using System.Globalization;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>The list of users, and the way from there to a user's filters.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class UserListTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LmtpApiClient Api => portal.Api.Api;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Long_list_of_users_keeps_a_few_rows_and_reaches_the_end()
    {
        var prefix = ApiSystem.NewName("crowd");
        for (var number = 0; number < 230; number++)
        {
            await Api.CreateUserAsync(new CreateUserRequest { Username = string.Create(CultureInfo.InvariantCulture, $"{prefix}n{number:D3}") }, Token);
        }

        var page = await portal.OpenAsync();
        await page.ShowAsync($"users?search={prefix}n");
        var last = page.GetByText($"{prefix}n229");
        await Eventually.TrueAsync(
            async () =>
            {
                await page.Mouse.WheelAsync(0, 1500);
                return await last.CountAsync() > 0;
            },
            limit: TimeSpan.FromMinutes(3));
        Assert.InRange(await page.Locator(".cards > li").CountAsync(), 1, 200);
        await page.EvaluateAsync("window.scrollTo(0, 0)");
        await page.GetByText($"{prefix}n000").WaitForAsync();
    }

    [Fact]
    public async Task User_is_switched_off_from_the_list()
    {
        var user = await portal.Api.NewUserAsync("listed");
        var page = await portal.OpenAsync();
        await page.ShowAsync("users");

        await page.GetByRole(AriaRole.Searchbox).FillAsync(user.Username);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Switch off {user.Username}", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Switch on {user.Username}", Exact = true }).WaitForAsync();

        Assert.True((await Api.GetUserAsync(user.Id, Token)).Disabled);
    }

    [Fact]
    public async Task User_with_a_filter_is_made_tried_and_saved_by_keyboard_alone()
    {
        var name = ApiSystem.NewName("keys");
        var page = await portal.OpenSignedOutAsync();
        await page.GotoAsync("users");
        await TypeAsync(page, page.GetByLabel("Account name"), PortalSystem.AdministratorName);
        await TypeAsync(page, page.GetByLabel("Password"), PortalSystem.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("main[data-interactive=true]").WaitForAsync();

        await PressAsync(page, page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "New user" }));
        await TypeAsync(page, page.GetByLabel("User name", new PageGetByLabelOptions { Exact = true }), name);
        await TypeAsync(page, page.GetByLabel("Main address"), $"{name}@api.test");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name, Level = 1 }).WaitForAsync();
        await portal.DeliverTextsAsync(Assert.Single((await Api.ListUsersAsync(name, cancellationToken: Token)).Items), "Hello");

        await PressAsync(page, page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Filters", Exact = true }));
        await PressAsync(page, page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "New filter" }));
        await TypeAsync(page, page.GetByLabel("Name"), "By keys");
        await TypeAsync(page, page.GetByLabel("Compared with"), "hello");
        await TabToAsync(page, page.GetByLabel("Mailbox"));
        await page.Keyboard.PressAsync("End");
        await TypeAsync(page, page.GetByLabel("Path of the mailbox"), "Greetings");
        await PressAsync(page, page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Try it" }));
        await page.GetByText("1 of 1 message would match.").WaitForAsync();
        await PressAsync(page, page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save" }), backwards: true);

        await page.WaitForURLAsync("**/filters");
        await page.GetByText("If Subject contains “hello”: move to “Greetings”").WaitForAsync();
    }

    private static async Task TypeAsync(IPage page, ILocator field, string text)
    {
        await TabToAsync(page, field);
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task PressAsync(IPage page, ILocator button, bool backwards = false)
    {
        await TabToAsync(page, button, backwards);
        await page.Keyboard.PressAsync("Enter");
    }

    private static async Task TabToAsync(IPage page, ILocator element, bool backwards = false)
    {
        await element.First.WaitForAsync();
        for (var step = 0; step < 80; step++)
        {
            if (await element.First.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
        }

        Assert.Fail($"{element} cannot be reached by keyboard.");
    }
}
