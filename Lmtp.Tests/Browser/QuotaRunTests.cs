using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Browser;

/// <summary>Counting anew what many users store.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class QuotaRunTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Count_is_started_and_says_what_came_out(int width, ColorScheme scheme)
    {
        var name = ApiSystem.NewName("counted");
        var user = await portal.Api.Api.CreateUserAsync(new CreateUserRequest { Username = name, Address = $"{name}@{name}.test" }, Token);
        await portal.DeliverTextsAsync(user, "one");
        await portal.Api.RecalculationsEndedAsync();
        var page = await portal.OpenAsync(width, scheme);
        var complaints = page.Complaints();
        await page.ShowAsync("users");
        await page.GetByRole(AriaRole.Link, new() { Name = "Count storage anew" }).ClickAsync();
        var newest = page.GetByRole(AriaRole.List, new() { Name = "Count storage anew" }).GetByRole(AriaRole.Listitem).First;

        await page.GetByLabel("Domain").FillAsync($"{name}.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count anew" }).ClickAsync();

        await Assertions.Expect(newest).ToContainTextAsync($"{name}.test");
        await Assertions.Expect(newest.GetByText("Done", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(newest).ToContainTextAsync("Every count was right");
        var run = (await portal.Api.Api.ListQuotaRecalculationsAsync(limit: 1, cancellationToken: Token)).Items[0];
        Assert.Equal(($"{name}.test", "done", 1), (run.Domain, run.State, run.Done));
        await page.MustLookRightAsync("quota-runs", width, scheme);
        Assert.Empty(complaints);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task Count_is_stopped_midway_and_says_how_far_it_came(int width, ColorScheme scheme)
    {
        // The second batch cannot end while one of its users is held.
        const int Batch = 50;
        const int Count = 120;
        var domain = $"{ApiSystem.NewName("halfcounted")}.test";
        var users = await AddUsersAsync(domain, Count);
        var page = await portal.OpenAsync(width, scheme);
        await portal.Api.RecalculationsEndedAsync();
        using var held = portal.Database.Hold(users[Batch + 10].ToByteArray());
        await page.ShowAsync("users/storage");
        var newest = page.GetByRole(AriaRole.List, new() { Name = "Count storage anew" }).GetByRole(AriaRole.Listitem).First;

        await page.GetByLabel("Domain").FillAsync(domain);
        await page.GetByRole(AriaRole.Button, new() { Name = "Count anew" }).ClickAsync();
        await Assertions.Expect(newest).ToContainTextAsync(domain);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Count anew" })).ToBeDisabledAsync();
        await Assertions.Expect(newest).ToContainTextAsync($"{Batch} of {Count} users");
        await Assertions.Expect(newest.GetByRole(AriaRole.Progressbar)).ToHaveJSPropertyAsync("value", Batch);
        await page.MustLookRightAsync("quota-run", width, scheme);
        await newest.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByText("What was corrected stays so.").WaitForAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        await Assertions.Expect(newest.GetByText("Stopped", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(newest).ToContainTextAsync($"{Batch} of {Count} users");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Count anew" })).ToBeEnabledAsync();
        var run = (await portal.Api.Api.ListQuotaRecalculationsAsync(limit: 1, cancellationToken: Token)).Items[0];
        Assert.Equal((domain, "cancelled", Batch), (run.Domain, run.State, run.Done));
    }

    [Fact]
    public async Task Name_that_is_no_domain_is_refused_beside_its_field()
    {
        var page = await portal.OpenAsync();
        await page.ShowAsync("users/storage");

        await page.GetByLabel("Domain").FillAsync("not a domain");
        await page.GetByRole(AriaRole.Button, new() { Name = "Count anew" }).ClickAsync();

        await page.Locator("#quota-domain-error").WaitForAsync();
    }

    [Fact]
    public async Task Whoever_may_only_read_sees_counts_and_starts_none()
    {
        var page = await portal.OpenAsync(await portal.SignInAsync(PortalRole.ReadOnly, ApiSystem.NewName("looker")));

        await page.ShowAsync("users/storage");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Count storage anew" }).WaitForAsync();

        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Count anew" }).CountAsync());
    }

    private async Task<IReadOnlyList<ObjectId>> AddUsersAsync(string domain, int count)
    {
        var users = new MongoClient(portal.Api.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>("users");
        List<ObjectId> ids = [.. Enumerable.Range(0, count).Select(static _ => ObjectId.GenerateNewId()).Order()];
        await users.InsertManyAsync(
            ids.Select((id, number) => new BsonDocument
            {
                { "_id", id },
                { "username", $"zz{number}.{domain}" },
                { "unameview", $"zz{number}.{domain}" },
                { "address", $"zz{number}@{domain}" },
                { "storageUsed", 0L },
            }),
            cancellationToken: Token);
        return ids;
    }
}
