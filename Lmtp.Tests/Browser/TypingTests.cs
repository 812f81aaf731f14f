using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>What somebody types on while the portal's answer to what they typed before is under way.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class TypingTests(PortalSystem portal) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Theory]
    [InlineData("deliveries", "Search for")]
    [InlineData("audit", "Who")]
    [InlineData("users", "Search by user name or address")]
    public async Task Answer_to_what_was_typed_before_does_not_overwrite_what_is_typed_now(string address, string label)
    {
        var page = await portal.OpenAsync();
        var answers = await HeldAnswers.OfAsync(page);
        await page.ShowAsync(address);
        var input = page.GetByLabel(label, new PageGetByLabelOptions { Exact = true });

        answers.Hold();
        await input.FillAsync("first");
        await input.PressAsync("Enter");
        await answers.HeldAsync();
        await input.FillAsync("second");
        await answers.ReleaseAsync();

        Assert.Equal("second", await input.InputValueAsync());
    }
}
