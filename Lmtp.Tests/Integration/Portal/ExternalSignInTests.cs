using System.Net;
using Lmtp.Tests.Integration.Api;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Portal;

[Collection(PortalTestGroup.Name)]
public sealed class ExternalSignInTests(ApiSystem system) : IDisposable
{
    private readonly TemporaryDirectory _keys = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _keys.Dispose();

    [Theory]
    [InlineData("mail-admins", "accounts", HttpStatusCode.OK)]
    [InlineData("mail-helpers", "users", HttpStatusCode.OK)]
    [InlineData("mail-helpers", "accounts", HttpStatusCode.Redirect)]
    [InlineData("mail-helpers&role=mail-admins", "accounts", HttpStatusCode.OK)]
    [InlineData("auditors", "server", HttpStatusCode.OK)]
    public async Task Claims_decide_about_the_role(string roles, string page, HttpStatusCode expected)
    {
        await using var portal = await StartAsync(Settings());
        using var visitor = new PortalVisitor();

        Assert.Equal("/users", await SignInAsync(visitor, portal, $"name=ann&role={roles}"));

        using var answer = await visitor.GetAsync(new Uri(portal.Address, page));
        Assert.Equal(expected, answer.StatusCode);
        if (expected == HttpStatusCode.OK)
        {
            Assert.Contains("company:ann", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("name=ann")]
    [InlineData("name=ann&role=strangers")]
    [InlineData("role=mail-admins")]
    public async Task Who_has_no_role_or_no_name_is_not_let_in_and_told_so(string claims)
    {
        await using var portal = await StartAsync(Settings());
        using var visitor = new PortalVisitor();

        var end = await SignInAsync(visitor, portal, claims);

        Assert.StartsWith("/sign-in?refused=true", end, StringComparison.Ordinal);
        using var page = await visitor.GetAsync(new Uri(portal.Address, end));
        Assert.Contains("nothing gives you a role here", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.False(await visitor.IsSignedInAsync(portal));
    }

    [Fact]
    public async Task Sign_in_page_offers_the_scheme_by_its_name()
    {
        await using var portal = await StartAsync(Settings());
        using var visitor = new PortalVisitor();

        using var answer = await visitor.GetAsync(new Uri(portal.Address, "sign-in"));

        Assert.Contains("The company", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_offered_where_no_scheme_is_chosen()
    {
        await using var portal = await StartAsync(new() { ["Lmtp__Portal__KeyDirectory"] = _keys.Path });
        using var visitor = new PortalVisitor();

        using var page = await visitor.GetAsync(new Uri(portal.Address, "sign-in"));
        using var challenge = await visitor.GetAsync(new Uri(portal.Address, "sign-in/external"));

        Assert.DoesNotContain("sign-in/external", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, challenge.StatusCode);
    }

    [Theory]
    [InlineData("Lmtp__Portal__External__Scheme", "unknown", "Lmtp:Portal:External:Scheme")]
    [InlineData("Lmtp__Portal__External__Scheme", "", "Lmtp:Portal:External:Scheme")]
    [InlineData("Lmtp__Portal__External__NameClaim", " ", "Lmtp:Portal:External:NameClaim")]
    public async Task Settings_that_would_keep_everybody_out_end_the_start(string setting, string value, string key)
    {
        var output = await PortalProcess.FailAsync(system.System.Api, new Dictionary<string, string?>(Settings()) { [setting] = value }, Token);

        Assert.Contains(key, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scheme_without_any_role_ends_the_start()
    {
        var settings = Settings().Where(pair => !pair.Value!.StartsWith("mail-", StringComparison.Ordinal) && pair.Value != "auditors");

        var output = await PortalProcess.FailAsync(system.System.Api, new Dictionary<string, string?>(settings), Token);

        Assert.Contains("Lmtp:Portal:External:Admin", output, StringComparison.Ordinal);
    }

    // The provider's page is left out: what somebody would say there stands in the address that leads back.
    private static async Task<string> SignInAsync(PortalVisitor visitor, PortalProcess portal, string claims)
    {
        using var begun = await visitor.GetAsync(new Uri(portal.Address, "sign-in/external?returnUrl=%2Fusers"));
        using var vouched = await visitor.GetAsync(new Uri(portal.Address, $"{begun.Headers.Location}&{claims}"));
        using var done = await visitor.GetAsync(new Uri(portal.Address, vouched.Headers.Location!));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        return done.Headers.Location!.ToString();
    }

    private Dictionary<string, string?> Settings() => new()
    {
        ["Lmtp__Portal__KeyDirectory"] = _keys.Path,
        ["Lmtp__Portal__External__Scheme"] = VouchingHandler.Scheme,
        ["Lmtp__Portal__External__Assembly"] = typeof(VouchingHandler).Assembly.Location,
        ["Lmtp__Portal__External__DisplayName"] = "The company",
        ["Lmtp__Portal__External__RoleClaim"] = "groups",
        ["Lmtp__Portal__External__Admin__0"] = "mail-admins",
        ["Lmtp__Portal__External__Support__0"] = "mail-helpers",
        ["Lmtp__Portal__External__ReadOnly__0"] = "auditors",
    };

    private Task<PortalProcess> StartAsync(Dictionary<string, string?> settings) =>
        PortalProcess.StartAsync(system.System.Api, settings, Token);
}
