using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>The main tasks of the pages for API keys, the audit log, domains and the import of users.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class AdministrationTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Key_is_made_shown_once_and_revoked_after_a_question()
    {
        var page = await portal.OpenAsync();
        var name = ApiSystem.NewName("key");
        await page.ShowAsync("keys");

        await page.GetByRole(AriaRole.Button, new() { Name = "New key" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await page.GetByLabel("Scope").SelectOptionAsync("write");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        var secret = await page.GetByTestId("key").InnerTextAsync();
        using var http = portal.Api.System.CreateHttpClient(secret.Trim());
        await new LmtpApiClient(http).ListUsersAsync(limit: 1, cancellationToken: Token);

        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept it" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("key")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = $"Revoke {name}" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Revoke {name}" })).ToHaveCountAsync(0);

        await Assert.ThrowsAsync<LmtpApiException>(() => new LmtpApiClient(http).ListUsersAsync(limit: 1, cancellationToken: Token));
        Assert.DoesNotContain(secret.Trim(), await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_of_a_new_key_is_copied()
    {
        var page = await portal.OpenAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.ShowAsync("keys");
        await page.GetByRole(AriaRole.Button, new() { Name = "New key" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(ApiSystem.NewName("copied"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();

        await page.GetByText("Copied.").WaitForAsync();
        Assert.Equal((await page.GetByTestId("key").InnerTextAsync()).Trim(), await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task Change_is_found_by_its_resource_and_shown_field_by_field()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("audited");
        await portal.Api.Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Name = "Changed name" }, Token);
        await page.ShowAsync("audit");

        await page.GetByLabel("Of what").FillAsync(user.Id);
        await page.GetByRole(AriaRole.Button, new() { Name = "Search", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".audit-item")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Update user" }).ClickAsync();

        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.Locator("del")).ToHaveTextAsync(user.Name!);
        await Assertions.Expect(dialog.Locator("ins")).ToHaveTextAsync("Changed name");
        await page.ScreenshotAsync(new() { Path = Path.Combine(PortalSystem.Screenshots, "audit-change.png") });
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Alias_and_forwarded_address_are_made_and_an_address_is_resolved()
    {
        var page = await portal.OpenAsync();
        var user = await portal.Api.NewUserAsync("resolved");
        var alias = $"{ApiSystem.NewName("alias")}.test";
        var list = ApiSystem.NewName("list");
        await page.ShowAsync($"addresses?forwarded={list}");

        await page.GetByRole(AriaRole.Button, new() { Name = "New alias" }).ClickAsync();
        await page.GetByLabel("Alias", new() { Exact = true }).FillAsync(alias);
        await page.GetByLabel("Stands for", new() { Exact = true }).FillAsync("api.test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the alias" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Delete {alias}" }).WaitForAsync();

        var resolve = page.Locator("section", new() { HasText = "Who has this address?" });
        await resolve.GetByLabel("Address").FillAsync(user.Address.Replace("api.test", alias, StringComparison.Ordinal));
        await resolve.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await resolve.GetByText($"is accepted for {user.Username}").WaitForAsync();
        await Assertions.Expect(resolve.Locator(".step-found")).ToContainTextAsync("Domain alias");
        await page.ScreenshotAsync(new() { Path = Path.Combine(PortalSystem.Screenshots, "addresses-resolved.png") });

        var forwarded = $"{list}@api.test";
        await page.GetByRole(AriaRole.Button, new() { Name = "New forwarded address" }).ClickAsync();
        var form = page.Locator("section.panel", new() { HasText = "Targets" });
        await form.GetByLabel("Address").FillAsync(forwarded);
        await form.GetByLabel("Targets").FillAsync("a@example.org\nb@example.org");
        await form.GetByRole(AriaRole.Button, new() { Name = "Make the address" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Edit {forwarded}" }).WaitForAsync();

        var made = Assert.Single((await portal.Api.Api.ListForwardedAddressesAsync(forwarded, cancellationToken: Token)).Items);
        Assert.Equal(["a@example.org", "b@example.org"], made.Targets);
    }

    [Fact]
    public async Task Users_are_imported_after_a_check_and_what_is_wrong_is_reported()
    {
        const string Password = "imported secret 4711";
        var page = await portal.OpenAsync();
        var there = await portal.Api.NewUserAsync("there");
        var (first, second) = (ApiSystem.NewName("imported"), ApiSystem.NewName("imported"));
        var csv = $"login;password;e-mail;quota\n{first};{Password};{first}@api.test;1 GiB\n{there.Username};;;\nnot a name;;;\n{second};;{there.Address};\n";
        await page.ShowAsync("users/import");

        await page.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload { Name = "users.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 1 user" }).WaitForAsync();
        Assert.Empty((await portal.Api.Api.ListUsersAsync(first, cancellationToken: Token)).Items);
        await Assertions.Expect(page.Locator(".import-table tbody tr")).ToHaveCountAsync(4);
        Assert.DoesNotContain(Password, await page.ContentAsync(), StringComparison.Ordinal);
        await page.ScreenshotAsync(new() { Path = Path.Combine(PortalSystem.Screenshots, "import-checked.png") });
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 1 user" }).ClickAsync();
        await page.GetByText("1 made, 1 there already, 2 with problems.").WaitForAsync();

        var made = Assert.Single((await portal.Api.Api.ListUsersAsync(first, cancellationToken: Token)).Items);
        Assert.Equal(1L << 30, made.Quota);
        var waiting = page.WaitForDownloadAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Download the report" }).ClickAsync();
        var report = await File.ReadAllTextAsync(await (await waiting).PathAsync(), Token);
        Assert.Equal(3, report.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("4,\"not a name\"", report, StringComparison.Ordinal);
        var audit = await portal.Api.Http.GetStringAsync($"/api/v1/audit?target={made.Id}", Token);
        Assert.DoesNotContain(Password, audit, StringComparison.Ordinal);

        // The same file again makes nobody.
        await page.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload { Name = "users.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });
        await Assertions.Expect(page.Locator(".chip", new() { HasText = "there already" })).ToContainTextAsync("2");
    }

    [Fact]
    public async Task File_that_is_no_list_of_users_is_refused_beside_its_field()
    {
        var page = await portal.OpenAsync();
        await page.ShowAsync("users/import");

        await page.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload { Name = "other.csv", MimeType = "text/csv", Buffer = "name\nAlice\n"u8.ToArray() });

        await Assertions.Expect(page.Locator("#import-file-error")).ToContainTextAsync("No column is named username");
    }

    [Fact]
    public async Task Pages_of_administrators_are_shown_to_nobody_else()
    {
        var session = await portal.SignInAsync(PortalRole.Support, ApiSystem.NewName("support"));
        foreach (var address in (string[])["keys", "audit"])
        {
            var page = await portal.OpenAsync(session);
            await page.GotoAsync(address);
            await page.GetByText("Your role does not allow this page").First.WaitForAsync();
        }
    }
}
