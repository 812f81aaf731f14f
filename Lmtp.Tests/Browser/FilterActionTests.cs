using Lmtp.Contracts;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>How much a filter may do, and that its editor says so.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class FilterActionTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Filter_forwards_to_addresses_of_several_actions()
    {
        var (user, page) = await OpenAsync("forwarding");

        await ForwardAsync(page, 1, "a@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add an action" }).ClickAsync();
        await ForwardAsync(page, 2, "b@example.org, c@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.WaitForURLAsync($"**/users/{user.Id}/filters");
        await page.GetByText("forward a copy to a@example.org, b@example.org, c@example.org").WaitForAsync();

        var filter = Assert.Single(await portal.Api.Api.ListFiltersAsync(user.Id, Token));
        Assert.Equal(["a@example.org", "b@example.org", "c@example.org"], filter.Action.Targets);
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, "That is all: a filter takes at most 10 of these.")]
    [InlineData(11, "1 too many: a filter takes at most 10 of these.")]
    public async Task Editor_says_when_there_is_room_for_no_more_addresses(int count, string? said)
    {
        var (_, page) = await OpenAsync("capped");
        await page.GetByLabel("Stop here: leave out the filters after this one").CheckAsync();

        await ForwardAsync(page, 1, string.Join(", ", Enumerable.Range(1, count).Select(number => $"a{number}@example.org")));

        var action = page.GetByRole(AriaRole.Group, new() { Name = "Action 1" });
        await Assertions.Expect(action.GetByRole(AriaRole.Status)).ToHaveTextAsync(said is null ? [] : [said]);
    }

    [Fact]
    public async Task Editor_says_when_there_is_room_for_no_more_conditions()
    {
        var user = await portal.Api.NewUserAsync("conditional");
        var filter = await portal.Api.Api.CreateFilterAsync(
            user.Id,
            new FilterRequest
            {
                Name = "Long",
                Extension = new FilterExtension
                {
                    Match = "any",
                    Conditions = [.. Enumerable.Range(0, 49).Select(number => new FilterCondition { Type = "header", Name = "subject", Op = "equals", Value = $"{number}" })],
                    Actions = new FilterActions { Flagged = true },
                },
            },
            Token);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"users/{user.Id}/filters/{filter.Id}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a condition" }).ClickAsync();

        await page.GetByText("A filter has at most 50 conditions.").WaitForAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Add a condition" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Days_are_meant_in_the_viewers_zone_unless_another_one_is_chosen()
    {
        var (user, page) = await OpenAsync("zoned", "Asia/Tokyo");

        await page.GetByLabel("What is looked at").SelectOptionAsync("Weekday");
        await Assertions.Expect(page.GetByLabel("Time zone")).ToHaveValueAsync("Asia/Tokyo");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Sat" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New one" }).WaitForAsync();

        var filter = Assert.Single(await portal.Api.Api.ListFiltersAsync(user.Id, Token));
        Assert.Equal(("weekday", "Asia/Tokyo"), (filter.Extension!.Conditions![0].Type, filter.Extension.Conditions[0].Zone));
    }

    private static async Task ForwardAsync(IPage page, int number, string addresses)
    {
        var action = page.GetByRole(AriaRole.Group, new() { Name = $"Action {number}" });
        await action.GetByLabel("What is done").SelectOptionAsync("Forward");
        await action.GetByLabel("Addresses").FillAsync(addresses);
    }

    private async Task<(UserResponse User, IPage Page)> OpenAsync(string prefix, string? zone = null)
    {
        var user = await portal.Api.NewUserAsync(prefix);
        var page = await portal.OpenAsync(zone: zone);
        await page.ShowAsync($"users/{user.Id}/filters/new");
        await page.GetByLabel("Name").FillAsync("New one");
        await page.GetByLabel("Compared with").FillAsync("hello");
        return (user, page);
    }
}
