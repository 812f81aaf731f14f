using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Lmtp.Tests.Processes;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

[Collection(BrowserTestGroup.Name)]
public sealed partial class PortalTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    public static TheoryData<string, int, ColorScheme> Looks() => ScreenLooks.Of(
        "overview", "users", "user", "message", "deliveries", "delivery", "tools", "server", "accounts", "keys", "audit", "addresses", "import", "profile", "nowhere");

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_fits_breaks_no_policy_and_is_accessible(string name, int width, ColorScheme scheme)
    {
        var page = await portal.OpenAsync(width, scheme);
        List<string> complaints = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && name != "nowhere")
            {
                complaints.Add(message.Text);
            }
        };

        await page.GotoAsync(await AddressOfAsync(name), new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.Locator(name is "profile" or "nowhere" ? "main" : "main[data-interactive=true]").WaitForAsync();

        await page.MustBeUsableAsync();
        Directory.CreateDirectory(PortalSystem.Screenshots);
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(PortalSystem.Screenshots, string.Create(CultureInfo.InvariantCulture, $"{name}-{scheme}-{width}.png").ToLowerInvariant()),
        });
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task User_is_created_by_keyboard_alone()
    {
        var page = await portal.OpenAsync();
        var name = ApiSystem.NewName("typed");
        await page.ShowAsync("users");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "New user" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("User name", new PageGetByLabelOptions { Exact = true }).FocusAsync();
        await page.Keyboard.TypeAsync(name);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync($"Typed {name}");
        await page.Keyboard.PressAsync("Enter");

        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = $"Typed {name}" }).WaitForAsync();
        Assert.Single((await portal.Api.Api.ListUsersAsync(name, cancellationToken: Token)).Items);
    }

    [Fact]
    public async Task Fault_of_a_field_stands_beside_it()
    {
        var page = await portal.OpenAsync();
        await page.ShowAsync("users");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "New user" }).ClickAsync();
        await page.GetByLabel("User name", new PageGetByLabelOptions { Exact = true }).FillAsync("not valid");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Create user" }).ClickAsync();

        await page.Locator("#new-username-error").WaitForAsync();
    }

    [Fact]
    public async Task Search_shows_who_matches_and_says_when_nobody_does()
    {
        var page = await portal.OpenAsync();
        var user = await NewUserAsync();
        await page.ShowAsync("users");

        await page.GetByRole(AriaRole.Searchbox).FillAsync(user.Username);
        await page.GetByText(user.Address).WaitForAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync(ApiSystem.NewName("missing"));
        await page.GetByText("No user name begins with").WaitForAsync();
    }

    [Fact]
    public async Task Probe_of_the_own_server_shows_its_capabilities()
    {
        var page = await portal.OpenAsync();
        await page.ShowAsync("tools");

        await page.GetByLabel("Port").FillAsync(portal.Api.System.Lmtp.Port.ToString(CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Connect" }).ClickAsync();

        await page.GetByText("PIPELINING").First.WaitForAsync();
    }

    [Fact]
    public async Task Delivery_appears_in_the_live_view_and_leads_to_its_timeline()
    {
        var page = await portal.OpenAsync();
        var user = await NewUserAsync();
        await page.ShowAsync("deliveries");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Live" }).ClickAsync();
        await page.Locator("[aria-pressed=true]").WaitForAsync();

        await DeliverAsync(user, "<p>Seen at once</p>");
        await page.GetByText(user.Address).First.ClickAsync();

        await page.GetByText("Message stored as").WaitForAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Show the message" }).ClickAsync();
        await page.FrameLocator("iframe").GetByText("Seen at once").WaitForAsync();
    }

    [Fact]
    public async Task Search_of_the_delivery_log_finds_the_recipient_and_says_when_nothing_fits()
    {
        var page = await portal.OpenAsync();
        await NewDeliveryAsync();
        var user = await NewUserAsync();
        await NewDeliveryAsync(user);
        await page.ShowAsync("deliveries");

        var term = page.GetByRole(AriaRole.Searchbox);
        await term.FillAsync(user.Address);
        await term.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".delivery")).ToHaveCountAsync(1);
        await term.FillAsync($"{ApiSystem.NewName("unwritten")}@api.test");
        await term.PressAsync("Enter");

        await page.GetByText("No delivery fits").WaitForAsync();
    }

    [Fact]
    public async Task Search_of_the_delivery_log_looks_in_the_chosen_field_and_for_the_chosen_outcome()
    {
        var page = await portal.OpenAsync();
        var delivery = await portal.Api.Api.GetDeliveryAsync(await NewDeliveryAsync(), Token);
        await page.ShowAsync("deliveries");

        await page.GetByLabel("Search in").SelectOptionAsync("Message-ID");
        await page.GetByRole(AriaRole.Searchbox).FillAsync(delivery.MessageId!);
        await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Assertions.Expect(page.Locator(".delivery")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".delivery")).ToContainTextAsync(delivery.Recipient);
        await page.GetByLabel("Outcome").SelectOptionAsync("Unknown recipient");

        await page.GetByText("No delivery fits").WaitForAsync();
    }

    [Fact]
    public async Task Hostile_mail_does_nothing_and_calls_nothing()
    {
        var page = await portal.OpenAsync();
        List<string> calls = [];
        page.Dialog += (_, dialog) => calls.Add($"dialog {dialog.Message}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(portal.Address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                calls.Add(request.Url);
            }
        };
        var user = await NewUserAsync();
        var id = await DeliverAsync(user, """
            <p id=shown>Dear user</p><script>alert(1)</script><img src=http://evil.test/a.png onerror=alert(2)>
            <style>@import url(http://evil.test/b.css); #shown { background: url(http://evil.test/c.png) }</style>
            <meta http-equiv=refresh content="0;url=http://evil.test/d"><iframe src=http://evil.test/e></iframe>
            <form action=http://evil.test/f><button autofocus onfocus=alert(3)>x</button></form>
            <a href="javascript:alert(4)">click</a><svg onload=alert(5)></svg><link rel=stylesheet href=http://evil.test/g>
            """);

        await page.ShowAsync($"users/{user.Id}/messages/{id}");
        await page.FrameLocator("iframe").GetByText("Dear user").WaitForAsync();
        await page.FrameLocator("iframe").GetByText("click").ClickAsync();

        Assert.Empty(calls);
    }

    private async Task<string> AddressOfAsync(string name)
    {
        switch (name)
        {
            case "overview":
                await NewDeliveryAsync();
                return string.Empty;
            case "user":
                return $"users/{(await NewUserAsync()).Id}";
            case "message":
                var user = await NewUserAsync();
                return $"users/{user.Id}/messages/{await DeliverAsync(user, "<h1>Hello</h1><p>Text</p>")}";
            case "import":
                return "users/import";
            case "delivery":
                return $"deliveries/{await NewDeliveryAsync()}";
            default:
                return name;
        }
    }

    private async Task<string> NewDeliveryAsync() => await NewDeliveryAsync(await NewUserAsync());

    private async Task<string> NewDeliveryAsync(UserResponse user)
    {
        await DeliverAsync(user, "<p>For the log</p>");
        return await portal.DeliveryToAsync(user);
    }

    private Task<UserResponse> NewUserAsync() => portal.Api.NewUserAsync("seen");

    private async Task<string> DeliverAsync(UserResponse user, string html)
    {
        var message = $"From: Carol <carol@example.org>\nTo: {user.Address}\nSubject: Hello\nMessage-ID: <{Guid.NewGuid():N}@example.org>\n" +
            $"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{html}\n";
        await using var client = await LmtpClient.OpenAsync(portal.Api.System.Lmtp, Token);
        var reply = Assert.Single(await client.DeliverAsync(
            "carol@example.org", [user.Address], Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n")), Token));
        Assert.StartsWith("250 2.1.5", reply, StringComparison.Ordinal);
        return ObjectIdPattern().Match(reply).Value;
    }

    [GeneratedRegex("[0-9a-f]{24}")]
    private static partial Regex ObjectIdPattern();
}
