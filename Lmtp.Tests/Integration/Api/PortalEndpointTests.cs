using System.Net;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class PortalEndpointTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Account_is_found_by_id_and_by_name()
    {
        var portal = Portal();
        var added = await portal.AddPortalAccountAsync(NewAccount() with { Role = PortalRole.Support, PasswordHash = "hash" }, Token);

        Assert.Equal(added, await portal.FindPortalAccountAsync(added.Id, Token));
        Assert.Equal(added, await portal.FindPortalAccountByNameAsync(added.NormalizedName, Token));
        Assert.Contains(added, await portal.ListPortalAccountsAsync(Token));
    }

    [Fact]
    public async Task Second_account_of_the_same_name_is_refused()
    {
        var portal = Portal();
        var account = NewAccount();
        await portal.AddPortalAccountAsync(account, Token);

        var refusal = await Assert.ThrowsAsync<LmtpApiException>(() => portal.AddPortalAccountAsync(account, Token));

        Assert.Equal(HttpStatusCode.Conflict, refusal.StatusCode);
    }

    [Fact]
    public async Task Change_of_an_older_version_is_refused()
    {
        var portal = Portal();
        var first = await portal.AddPortalAccountAsync(NewAccount(), Token);
        var second = await portal.ReplacePortalAccountAsync(first with { AccessFailedCount = 1 }, Token);

        var refusal = await Assert.ThrowsAsync<LmtpApiException>(
            () => portal.ReplacePortalAccountAsync(first with { AccessFailedCount = 5 }, Token));

        Assert.Equal(HttpStatusCode.Conflict, refusal.StatusCode);
        Assert.Equal(second, await portal.FindPortalAccountAsync(first.Id, Token));
    }

    [Fact]
    public async Task Deleted_account_is_gone()
    {
        var portal = Portal();
        var added = await portal.AddPortalAccountAsync(NewAccount(), Token);

        await portal.DeletePortalAccountAsync(added.Id, Token);

        Assert.Null(await portal.FindPortalAccountAsync(added.Id, Token));
    }

    [Fact]
    public async Task Master_key_cannot_read_the_accounts_of_the_portal()
    {
        var refusal = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.ListPortalAccountsAsync(Token));

        Assert.Equal(HttpStatusCode.Forbidden, refusal.StatusCode);
    }

    [Fact]
    public async Task Link_is_redeemed_once()
    {
        var link = await system.Api.AddPortalLinkAsync(new PortalLinkRequest { Role = PortalRole.ReadOnly }, Token);
        var portal = Portal();

        Assert.Equal(PortalRole.ReadOnly, (await portal.FindPortalLinkAsync(link.Token!, Token)).Role);
        Assert.Equal(PortalRole.ReadOnly, (await portal.RedeemPortalLinkAsync(link.Token!, Token)).Role);
        var refusal = await Assert.ThrowsAsync<LmtpApiException>(() => portal.RedeemPortalLinkAsync(link.Token!, Token));

        Assert.Equal(HttpStatusCode.NotFound, refusal.StatusCode);
    }

    [Fact]
    public async Task Link_redeemed_by_sixteen_at_once_goes_to_one()
    {
        var link = await system.Api.AddPortalLinkAsync(new PortalLinkRequest(), Token);
        var portal = Portal();

        var redeemed = await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            try
            {
                return (await portal.RedeemPortalLinkAsync(link.Token!, Token)).Role == PortalRole.Admin;
            }
            catch (LmtpApiException refusal) when (refusal.StatusCode == HttpStatusCode.NotFound)
            {
                return false;
            }
        }));

        Assert.Single(redeemed, static won => won);
    }

    [Fact]
    public async Task Link_whose_use_failed_can_be_restored()
    {
        var link = await system.Api.AddPortalLinkAsync(new PortalLinkRequest(), Token);
        var portal = Portal();
        await portal.RedeemPortalLinkAsync(link.Token!, Token);

        await portal.RestorePortalLinkAsync(link.Token!, Token);

        Assert.Equal(PortalRole.Admin, (await portal.RedeemPortalLinkAsync(link.Token!, Token)).Role);
    }

    [Fact]
    public async Task Link_for_an_account_takes_its_role()
    {
        var account = await Portal().AddPortalAccountAsync(NewAccount() with { Role = PortalRole.Support }, Token);

        var link = await system.Api.AddPortalLinkAsync(new PortalLinkRequest { Account = account.Name, Role = PortalRole.Admin }, Token);

        Assert.Equal((PortalRole.Support, account.Name), (link.Role, link.Account));
    }

    [Fact]
    public async Task First_link_is_not_made_when_there_is_an_administrator()
    {
        await Portal().AddPortalAccountAsync(NewAccount() with { Role = PortalRole.Admin, PasswordHash = "hash" }, Token);

        var link = await system.Api.AddPortalLinkAsync(new PortalLinkRequest { OnlyFirst = true }, Token);

        Assert.Null(link.Token);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(169)]
    public async Task Link_that_lives_too_long_or_not_at_all_is_refused(int hours)
    {
        var refusal = await Assert.ThrowsAsync<LmtpApiException>(
            () => system.Api.AddPortalLinkAsync(new PortalLinkRequest { Hours = hours }, Token));

        Assert.Contains("hours", refusal.Problem!.Errors!.Keys);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(PortalRole.ReadOnly, HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(PortalRole.Support, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Forbidden)]
    [InlineData(PortalRole.Admin, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.OK)]
    public async Task Portal_may_do_what_the_person_may_who_is_signed_in(
        PortalRole? role, HttpStatusCode read, HttpStatusCode write, HttpStatusCode admin)
    {
        var portal = Portal(role);

        Assert.Equal(read, await StatusAsync(() => portal.ListUsersAsync(cancellationToken: Token), HttpStatusCode.OK));
        var user = new CreateUserRequest { Username = ApiSystem.NewName("role") };
        Assert.Equal(write, await StatusAsync(() => portal.CreateUserAsync(user, Token), HttpStatusCode.Created));
        Assert.Equal(admin, await StatusAsync(() => portal.AddPortalLinkAsync(new PortalLinkRequest(), Token), HttpStatusCode.OK));
    }

    [Fact]
    public async Task Other_keys_gain_nothing_by_naming_a_person()
    {
        using var http = system.System.CreateHttpClient("no-key-at-all-but-long-enough");
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.Actor, "somebody");
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ActorRole, nameof(PortalRole.Admin));

        var refusal = await Assert.ThrowsAsync<LmtpApiException>(() => new LmtpApiClient(http).ListUsersAsync(cancellationToken: Token));

        Assert.Equal(HttpStatusCode.Unauthorized, refusal.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(Func<Task> call, HttpStatusCode success)
    {
        try
        {
            await call();
            return success;
        }
        catch (LmtpApiException refusal)
        {
            return refusal.StatusCode!.Value;
        }
    }

    private static PortalAccount NewAccount()
    {
        var name = ApiSystem.NewName("operator");
        return new PortalAccount { Name = name, NormalizedName = name.ToUpperInvariant() };
    }

    private LmtpApiClient Portal(PortalRole? role = null)
    {
        var http = system.System.CreateHttpClient(MailSystem.PortalKey);
        if (role is not null)
        {
            http.DefaultRequestHeaders.Add(LmtpApiHeaders.Actor, "somebody");
            http.DefaultRequestHeaders.Add(LmtpApiHeaders.ActorRole, role.ToString());
        }

        return new LmtpApiClient(http);
    }
}
