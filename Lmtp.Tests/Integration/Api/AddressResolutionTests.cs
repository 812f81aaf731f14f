using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class AddressResolutionTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tag_and_dots_lead_to_the_user_who_has_the_address()
    {
        var user = await system.NewUserAsync("resolve");
        var dotted = $"Re.{user.Address[2..].Replace("@", "+news@", StringComparison.Ordinal)}";

        var found = await system.Api.ResolveAddressAsync(dotted, Token);

        Assert.Equal((true, "accepted", user.Id, user.Username, user.Address), (found.Accepted, found.Outcome, found.User, found.Username, found.Found));
        Assert.Equal(["normalise", "lookup", "exact", "user"], found.Steps.Select(step => step.Step));
        Assert.Empty(found.Targets);
    }

    [Fact]
    public async Task Alias_wildcard_and_catch_all_are_named()
    {
        var user = await system.NewUserAsync("resolve");
        var (domain, alias, local) = ($"{ApiSystem.NewName("home")}.test", $"{ApiSystem.NewName("away")}.test", ApiSystem.NewName("anywhere"));
        await AddAsync($"named@{domain}");
        await AddAsync($"info-*@{domain}");
        await AddAsync($"{local}@*");
        await system.Api.CreateDomainAliasAsync(new CreateDomainAliasRequest { Alias = alias, Domain = domain }, Token);

        Assert.Equal("domain_alias", await KindAsync($"named@{alias}"));
        Assert.Equal("wildcard", await KindAsync($"info-sales@{alias}"));
        Assert.Equal("catch_all", await KindAsync($"{local}@elsewhere.test"));
        Assert.Equal("none", await KindAsync($"nobody@{domain}"));

        async Task AddAsync(string address) => await system.Api.AddAddressAsync(user.Id, new AddAddressRequest { Address = address }, Token);
        async Task<string> KindAsync(string address) => (await system.Api.ResolveAddressAsync(address, Token)).Steps[2].Step;
    }

    [Fact]
    public async Task Forwarded_address_shows_its_targets_until_it_is_switched_off()
    {
        var made = await system.Api.CreateForwardedAddressAsync(
            new CreateForwardedAddressRequest { Address = $"{ApiSystem.NewName("out")}@api.test", Targets = ["a@example.org"] }, Token);

        var found = await system.Api.ResolveAddressAsync(made.Address, Token);
        await system.Api.UpdateForwardedAddressAsync(made.Id, new UpdateForwardedAddressRequest { Disabled = true }, cancellationToken: Token);
        var since = await system.Api.ResolveAddressAsync(made.Address, Token);

        Assert.Equal((true, (string?)null), (found.Accepted, found.User));
        Assert.Equal(["a@example.org"], found.Targets);
        Assert.Equal((false, "unknown_recipient"), (since.Accepted, since.Outcome));
    }

    [Fact]
    public async Task Disabled_user_is_named_and_refused()
    {
        var user = await system.NewUserAsync("resolve");
        await system.Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Disabled = true }, Token);

        var found = await system.Api.ResolveAddressAsync(user.Address, Token);

        Assert.Equal((false, "mailbox_disabled", user.Username), (found.Accepted, found.Outcome, found.Username));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("@api.test")]
    [InlineData("nobody@")]
    public async Task What_is_no_address_is_refused(string address)
    {
        var refusal = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.ResolveAddressAsync(address, Token));

        Assert.Contains("address", refusal.Problem!.Errors!.Keys);
    }
}
