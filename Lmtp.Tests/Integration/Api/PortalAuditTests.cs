using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

/// <summary>What becomes of the portal's accounts stands in the audit log; that somebody signed in does not.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class PortalAuditTests(ApiSystem system) : IDisposable
{
    private readonly HttpClient _http = system.System.CreateHttpClient(MailSystem.PortalKey);

    private LmtpApiClient Portal => new(_http);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Life_of_an_account_is_in_the_log_with_before_and_after()
    {
        var account = await NewAccountAsync();
        var promoted = await Portal.ReplacePortalAccountAsync(account with { Role = PortalRole.Admin }, Token);
        await Portal.ReplacePortalAccountAsync(promoted with { LockoutEnd = DateTimeOffset.UtcNow.AddHours(1), AccessFailedCount = 0 }, Token);
        await Portal.DeletePortalAccountAsync(account.Id, Token);

        var entries = await EntriesAsync(account);

        Assert.Equal(
            ["DeletePortalAccount", "ReplacePortalAccount", "ReplacePortalAccount", "AddPortalAccount"],
            entries.Select(entry => entry.Operation));
        Assert.Equal(("Support", "Admin"), (Text(entries[2].Before, "role"), Text(entries[2].After, "role")));
        Assert.NotNull(Text(entries[1].After, "lockoutEnd"));
        Assert.Equal(account.Name, Text(entries[0].Before, "name"));
    }

    [Fact]
    public async Task Secrets_of_an_account_are_masked()
    {
        var account = await NewAccountAsync();
        await Portal.ReplacePortalAccountAsync(account with { PasswordHash = "hash-to-hide", RecoveryCodes = "codes-to-hide", AuthenticatorKey = "key-to-hide" }, Token);

        var text = await system.Http.GetStringAsync($"/api/v1/audit?target={account.Id}", Token);

        Assert.DoesNotContain("to-hide", text, StringComparison.Ordinal);
        Assert.Contains("passwordHash", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_in_and_failing_to_are_not_in_the_log()
    {
        var account = await NewAccountAsync();
        var failed = await Portal.ReplacePortalAccountAsync(account with { AccessFailedCount = 1 }, Token);
        await Portal.ReplacePortalAccountAsync(failed with { AccessFailedCount = 0, LastSignIn = DateTimeOffset.UtcNow }, Token);

        Assert.Equal(["AddPortalAccount"], (await EntriesAsync(account)).Select(entry => entry.Operation));
    }

    [Fact]
    public async Task Link_that_is_issued_is_in_the_log_without_its_token()
    {
        using var http = system.System.CreateHttpClient(MailSystem.PortalKey);
        var person = ApiSystem.NewName("inviter");
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.Actor, person);
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ActorRole, nameof(PortalRole.Admin));
        var link = await new LmtpApiClient(http).AddPortalLinkAsync(new PortalLinkRequest { Role = PortalRole.ReadOnly }, Token);

        var entry = Assert.Single((await system.Api.SearchAuditAsync(actor: person, cancellationToken: Token)).Items);

        Assert.Equal("AddPortalLink", entry.Operation);
        Assert.Equal(("ReadOnly", "***"), (Text(entry.After, "role"), Text(entry.After, "token")));
        Assert.DoesNotContain(link.Token!, entry.After.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_link_that_is_not_made_is_not_in_the_log()
    {
        await Portal.AddPortalAccountAsync(Account() with { Role = PortalRole.Admin, PasswordHash = "hash" }, Token);
        using var http = system.System.CreateHttpClient(MailSystem.PortalKey);
        var person = ApiSystem.NewName("asker");
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.Actor, person);
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ActorRole, nameof(PortalRole.Admin));

        await new LmtpApiClient(http).AddPortalLinkAsync(new PortalLinkRequest { OnlyFirst = true }, Token);

        Assert.Empty((await system.Api.SearchAuditAsync(actor: person, cancellationToken: Token)).Items);
    }

    [Fact]
    public async Task Person_who_is_named_like_the_configured_key_is_told_from_it()
    {
        using var http = system.System.CreateHttpClient(MailSystem.PortalKey);
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.Actor, "master");
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ActorRole, nameof(PortalRole.Admin));
        var user = await new LmtpApiClient(http).CreateUserAsync(new CreateUserRequest { Username = ApiSystem.NewName() }, Token);

        var entry = Assert.Single((await system.Api.SearchAuditAsync(target: user.Id, cancellationToken: Token)).Items);

        Assert.Equal(("master", ActorKind.Person, null), (entry.Actor, entry.ActorKind, entry.ActorId));
    }

    [Fact]
    public async Task Change_by_the_portal_itself_is_told_from_one_by_a_person()
    {
        var account = await NewAccountAsync();

        Assert.Equal([(ActorKind?)ActorKind.Portal], (await EntriesAsync(account)).Select(entry => entry.ActorKind));
    }

    private static PortalAccount Account()
    {
        var name = ApiSystem.NewName("audited");
        return new PortalAccount { Name = name, NormalizedName = name.ToUpperInvariant(), Role = PortalRole.Support };
    }

    private static string? Text(System.Text.Json.JsonElement? state, string member) => state?.GetProperty(member).ToString() is { Length: > 0 } text ? text : null;

    private Task<PortalAccount> NewAccountAsync() => Portal.AddPortalAccountAsync(Account(), Token);

    private async Task<IReadOnlyList<AuditEntryResponse>> EntriesAsync(PortalAccount account) =>
        (await system.Api.SearchAuditAsync(target: account.Id, cancellationToken: Token)).Items;
}
