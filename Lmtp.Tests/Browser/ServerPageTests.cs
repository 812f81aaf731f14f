using System.Globalization;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Lmtp.Tests.Processes;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

[Collection(BrowserTestGroup.Name)]
public sealed class ServerPageTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Connection_appears_by_itself_and_is_closed_after_a_question()
    {
        var page = await portal.OpenAsync();
        await page.ShowAsync("server");
        var before = await portal.Api.Api.ListConnectionsAsync(Token);
        await using var client = await LmtpClient.OpenAsync(portal.Api.System.Lmtp, Token);
        var connection = (await portal.Api.Api.ListConnectionsAsync(Token)).Single(open => before.All(other => other.Id != open.Id));
        var close = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Close {connection.Id}" });

        await close.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await close.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close" }).ClickAsync();

        Assert.StartsWith("421", await client.ReadReplyAsync(Token), StringComparison.Ordinal);
        await close.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task Settings_are_searched_while_somebody_types_and_secrets_are_masked()
    {
        var page = await portal.OpenAsync();
        await page.ShowAsync("server");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("api:portalkey");

        await Assertions.Expect(page.Locator(".setting")).ToHaveCountAsync(1);
        Assert.Equal("***", await page.Locator(".setting dd").InnerTextAsync());
        await page.GetByRole(AriaRole.Searchbox).FillAsync("no such thing");
        await page.GetByText("No setting has \"no such thing\" in it").WaitForAsync();
    }

    [Fact]
    public async Task Reader_sees_the_server_without_settings_and_buttons()
    {
        var page = await portal.OpenAsync(await portal.SignInAsync(PortalRole.ReadOnly, ApiSystem.NewName("onlooker")));
        await using var client = await LmtpClient.OpenAsync(portal.Api.System.Lmtp, Token);
        await page.ShowAsync("server");

        await page.Locator(".connection").First.WaitForAsync();
        Assert.Equal(0, await page.Locator(".settings").CountAsync());
        Assert.Equal(0, await page.Locator(".connection button").CountAsync());
        Assert.Equal(0, await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "LMTP tools" }).CountAsync());
    }

    [Fact]
    public async Task Tools_are_filled_in_for_the_own_server_and_send_a_message()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync();
        var stranger = $"{ApiSystem.NewName("stranger")}@api.test";
        await page.ShowAsync("tools");
        await Assertions.Expect(page.GetByLabel("Port", new PageGetByLabelOptions { Exact = true })).ToHaveValueAsync(portal.Api.System.Lmtp.Port.ToString(CultureInfo.InvariantCulture));

        await page.GetByLabel("Recipients").FillAsync($"{user.Address}, {stranger}");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Send" }).ClickAsync();

        await page.GetByText("took the message for 1 of 2 recipients").WaitForAsync();
        await Assertions.Expect(page.Locator(".status", new PageLocatorOptions { HasText = user.Address })).ToContainTextAsync("Delivered");
        await Assertions.Expect(page.Locator(".status", new PageLocatorOptions { HasText = stranger })).ToContainTextAsync("550");
    }
}
