using System.Globalization;
using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>An import that takes its time: seen, stopped, gone on with, and tried again where it failed.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class ImportTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LmtpApiClient Api => portal.Api.Api;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Import_shows_how_far_it_is_is_stopped_and_makes_the_rest_later(int width, ColorScheme scheme)
    {
        const int AtOnce = 4;
        const int Free = 30;
        const int Count = 120;
        const int RowsAtFirst = 100;
        var (prefix, later) = (ApiSystem.NewName("many"), ApiSystem.NewName("manylater"));
        var page = await portal.OpenAsync(width, scheme);
        await page.ShowAsync("users/import");
        await ChooseAsync(page, Csv(Enumerable.Range(0, Count).Select(number => Name(number < Free ? prefix : later, number))));
        var import = page.GetByRole(AriaRole.Button, new() { Name = $"Import {Count} users" });
        await import.WaitForAsync();
        using var held = portal.Database.Hold(Encoding.UTF8.GetBytes(later));
        await import.ClickAsync();

        await held.CountedAsync(AtOnce);
        var progress = page.GetByRole(AriaRole.Progressbar);
        await Assertions.Expect(progress).ToHaveJSPropertyAsync("value", Free);
        await Assertions.Expect(progress).ToHaveJSPropertyAsync("max", Count);
        await Assertions.Expect(page.Locator(".import-table tbody tr")).ToHaveCountAsync(RowsAtFirst);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        // The portal takes what the page sends in its order: where it shows more rows, it knows of the stop.
        await page.EvaluateAsync("window.scrollTo(0, document.documentElement.scrollHeight)");
        await Assertions.Expect(page.Locator(".import-table tbody tr")).ToHaveCountAsync(Count);
        held.Release();
        await page.GetByText("The import was stopped").WaitForAsync();
        await page.MustLookRightAsync("import-stopped", width, scheme);
        const int Made = Free + AtOnce;
        Assert.Equal((Free, AtOnce), (await CountAsync(prefix), await CountAsync(later)));
        await page.Locator(".chip", new() { HasText = "made" }).GetByText($"{Made}", new() { Exact = true }).WaitForAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = $"Import {Count - Made} users" }).ClickAsync();
        await page.GetByText($"{Count} made, 0 there already, 0 with problems.").WaitForAsync();

        Assert.Equal((Free, Count - Free), (await CountAsync(prefix), await CountAsync(later)));
    }

    [Fact]
    public async Task What_failed_is_tried_again_and_nothing_else()
    {
        var (first, second) = (ApiSystem.NewName("fine"), ApiSystem.NewName("failing"));
        var page = await portal.OpenAsync();
        await page.ShowAsync("users/import");
        await ChooseAsync(page, $"username,address\n{first},{first}@api.test\n{second},{second}@api.test\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 2 users" }).WaitForAsync();

        // Somebody else takes the address between the check and the import.
        var other = await portal.Api.NewUserAsync("taker");
        var taken = await Api.AddAddressAsync(other.Id, new AddAddressRequest { Address = $"{second}@api.test" }, Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 2 users" }).ClickAsync();
        await page.GetByText("1 made, 0 there already, 1 with problems.").WaitForAsync();
        await Assertions.Expect(page.Locator(".import-table tbody tr").First).ToContainTextAsync("failed");
        await Api.DeleteAddressAsync(other.Id, taken.Id, cancellationToken: Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try 1 again" }).ClickAsync();
        await page.GetByText("2 made, 0 there already, 0 with problems.").WaitForAsync();

        Assert.Equal($"{second}@api.test", Assert.Single((await Api.ListUsersAsync(second, cancellationToken: Token)).Items).Address);
        Assert.Equal(1, await CountAsync(first));
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Faulty_lines_are_reported_before_anybody_is_made(int width, ColorScheme scheme)
    {
        var (good, bad) = (ApiSystem.NewName("checked"), ApiSystem.NewName("faulty"));
        var taken = await portal.Api.NewUserAsync("holder");
        var page = await portal.OpenAsync(width, scheme);
        await page.ShowAsync("users/import");

        await ChooseAsync(page, $"""
            username,address,quota
            {good},{good}@api.test,1 GB
            {bad}a,{taken.Address},
            {bad}b,no address,
            {bad}c,{bad}c@api.test,much
            {good},,

            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 1 user" }).WaitForAsync();

        var faults = page.Locator(".import-table tbody tr", new() { Has = page.Locator(".badge-bad") });
        await Assertions.Expect(faults).ToHaveCountAsync(4);
        Assert.Equal(["3", "4", "5", "6"], await faults.Locator("td:first-child").AllInnerTextsAsync());
        await Assertions.Expect(faults.Nth(0)).ToContainTextAsync("address");
        await Assertions.Expect(faults.Nth(1)).ToContainTextAsync("address");
        await Assertions.Expect(faults.Nth(2)).ToContainTextAsync("much");
        await Assertions.Expect(faults.Nth(3)).ToContainTextAsync("2");
        Assert.Equal((0, 0), (await CountAsync(good), await CountAsync(bad)));
        await page.MustLookRightAsync("import-faults", width, scheme);

        var download = page.WaitForDownloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Download the report" }).ClickAsync();
        var report = await File.ReadAllTextAsync(await (await download).PathAsync(), Token);
        Assert.Equal(["3", "4", "5", "6"], report.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0]).Order());
    }

    [Fact]
    public async Task Check_is_stopped_midway_and_gone_on_with()
    {
        const int Batch = 200;
        const int Count = 450;
        var prefix = ApiSystem.NewName("halfchecked");
        var page = await portal.OpenAsync();
        await page.ShowAsync("users/import");
        using var held = portal.Database.Hold(Encoding.UTF8.GetBytes(Name(prefix, Batch + 100)));
        await ChooseAsync(page, Csv(Enumerable.Range(0, Count).Select(number => Name(prefix, number))));

        await Assertions.Expect(page.GetByRole(AriaRole.Progressbar)).ToHaveJSPropertyAsync("value", Batch);
        await held.CountedAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the rest" }).WaitForAsync();
        await Assertions.Expect(page.Locator(".chip", new() { HasText = "not checked" })).ToContainTextAsync($"{Count - Batch}");
        held.Release();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the rest" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = $"Import {Count} users" }).WaitForAsync();
        Assert.Equal(0, await CountAsync(prefix));
    }

    private static string Name(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}n{number:D4}");

    private static string Csv(IEnumerable<string> names) => $"username\n{string.Join('\n', names)}\n";

    private static Task ChooseAsync(IPage page, string csv) => page.GetByLabel("CSV file").SetInputFilesAsync(
        new FilePayload { Name = "users.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });

    private async Task<int> CountAsync(string prefix)
    {
        var count = 0;
        string? cursor = null;
        do
        {
            var users = await Api.ListUsersAsync(prefix, cursor, 250, Token);
            count += users.Items.Count;
            cursor = users.NextCursor;
        }
        while (cursor is not null);
        return count;
    }
}
