using System.Globalization;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>The probe and the test message, against the own server.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class ToolTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    public static TheoryData<string, int, ColorScheme> Looks() => ScreenLooks.Of("tools-probed", "tools-sent", "tools-refused");

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Page_fits_breaks_no_policy_and_is_accessible(string name, int width, ColorScheme scheme)
    {
        var page = await OpenAsync(width, scheme);
        var complaints = page.Complaints();
        var user = await portal.Api.NewUserAsync("tested");

        switch (name)
        {
            case "tools-probed":
                await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
                await page.GetByText("PIPELINING").First.WaitForAsync();
                break;
            case "tools-sent":
                await SendAsync(page, $"{user.Address}, nobody-{user.Address}");
                await page.GetByText("Not delivered").WaitForAsync();
                break;
            default:
                await page.GetByLabel("Host").FillAsync("192.0.2.1");
                await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
                await page.Locator(".field-error, .notice-error").First.WaitForAsync();
                break;
        }

        await page.MustLookRightAsync(name, width, scheme);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Test_message_is_sent_and_stored_and_each_recipient_has_its_answer()
    {
        var user = await portal.Api.NewUserAsync("receiver");
        var page = await OpenAsync(1440, ColorScheme.Light);

        await page.GetByLabel("Subject").FillAsync("A test from the portal");
        await SendAsync(page, $"{user.Address}, nobody-{user.Address}");
        var answers = page.GetByRole(AriaRole.Region, new() { Name = "What became of the message" }).GetByRole(AriaRole.Listitem);
        await Assertions.Expect(answers.Filter(new() { HasText = "Not delivered" })).ToContainTextAsync($"nobody-{user.Address}");

        var inbox = await portal.Api.MailboxAsync(user);
        Assert.Equal("A test from the portal", Assert.Single((await portal.Api.Api.ListMessagesAsync(user.Id, inbox.Id, cancellationToken: Token)).Items).Subject);
    }

    private static async Task SendAsync(IPage page, string recipients)
    {
        await page.GetByLabel("Envelope sender").FillAsync("postmaster@example.org");
        await page.GetByLabel("Recipients").FillAsync(recipients);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
    }

    private async Task<IPage> OpenAsync(int width, ColorScheme scheme)
    {
        var page = await portal.OpenAsync(width, scheme);
        await page.ShowAsync("tools");
        await page.GetByLabel("Port").FillAsync(portal.Api.System.Lmtp.Port.ToString(CultureInfo.InvariantCulture));
        return page;
    }
}
