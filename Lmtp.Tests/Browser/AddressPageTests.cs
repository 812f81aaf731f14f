using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>Domain aliases and forwarded addresses that are there already: changed, and deleted after a question.</summary>
[Collection(BrowserTestGroup.Name)]
public sealed class AddressPageTests(PortalSystem portal) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LmtpApiClient Api => portal.Api.Api;

    public ValueTask DisposeAsync() => portal.CloseWindowsAsync();

    [Fact]
    public async Task Forwarded_address_gets_other_targets_and_is_switched_off()
    {
        var (address, page) = await OpenForwardedAsync("moved");

        await page.GetByRole(AriaRole.Button, new() { Name = $"Edit {address.Address}" }).ClickAsync();
        await page.GetByLabel("Targets").FillAsync("new@example.org");
        await page.GetByLabel("Switch the forwarding off").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByText("Switched off", new() { Exact = true }).WaitForAsync();

        var stored = (await Api.GetForwardedAddressAsync(address.Id, Token)).Value;
        Assert.Equal(("new@example.org", true), (Assert.Single(stored.Targets), stored.Disabled));
    }

    [Fact]
    public async Task Deleting_a_forwarded_address_asks_and_names_what_is_lost()
    {
        var (address, page) = await OpenForwardedAsync("given-up");
        var delete = page.GetByRole(AriaRole.Button, new() { Name = $"Delete {address.Address}" });

        await delete.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync($"Delete {address.Address}?");
        await Assertions.Expect(dialog).ToContainTextAsync("Its targets are lost");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(delete).ToHaveCountAsync(0);

        Assert.Empty((await Api.ListForwardedAddressesAsync(address.Address, cancellationToken: Token)).Items);
    }

    [Fact]
    public async Task Deleting_an_alias_asks_and_names_what_is_lost()
    {
        var name = $"{ApiSystem.NewName("old")}.test";
        await Api.CreateDomainAliasAsync(new CreateDomainAliasRequest { Alias = name, Domain = "api.test" }, Token);
        var page = await portal.OpenAsync();
        await page.ShowAsync("addresses");
        var delete = page.GetByRole(AriaRole.Button, new() { Name = $"Delete {name}" });

        await delete.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync($"Delete the alias {name}?");
        await Assertions.Expect(dialog).ToContainTextAsync($"Mail to addresses of {name} is refused from then on");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(delete).ToHaveCountAsync(0);

        Assert.False((await Api.ResolveAddressAsync($"somebody@{name}", cancellationToken: Token)).Accepted);
    }

    private async Task<(ForwardedAddressResponse Address, IPage Page)> OpenForwardedAsync(string prefix)
    {
        var name = ApiSystem.NewName(prefix);
        var request = new CreateForwardedAddressRequest { Address = $"{name}@api.test", Targets = ["somebody@example.org"] };
        var address = await Api.CreateForwardedAddressAsync(request, Token);
        var page = await portal.OpenAsync();
        await page.ShowAsync($"addresses?forwarded={name}");
        return (address, page);
    }
}
