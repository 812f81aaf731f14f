using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Lmtp.Admin.Components;
using Lmtp.Tests.Integration.Api;
using Lmtp.Tests.Processes;
using Microsoft.AspNetCore.Components;

namespace Lmtp.Tests.Integration.Portal;

[Collection(PortalTestGroup.Name)]
public sealed partial class SecurityHeaderTests(ApiSystem system) : IAsyncLifetime
{
    private readonly TemporaryDirectory _keys = new();
    private readonly PortalVisitor _visitor = new();
    private PortalProcess _portal = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every page that the portal has, those of routes with ids too; a new page is in here by itself.</summary>
    private static IEnumerable<string> Pages =>
    [
        .. typeof(App).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
            .Select(route => RouteParameter().Replace(route.Template, "0123456789abcdef01234567")),
        "/no/such/page", "/css/tokens.css", "/js/local-time.js", "/health", "/mail/0123456789abcdef01234567/0123456789abcdef01234567",
    ];

    public async ValueTask InitializeAsync()
    {
        _portal = await StartAsync(allowInsecure: false);
        await _visitor.SignUpAsync(_portal, system.Api, ApiSystem.NewName("inspector"));
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        _visitor.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public async Task Every_page_has_a_policy_and_nothing_that_it_forbids()
    {
        using var stranger = new PortalVisitor();
        foreach (var page in Pages)
        {
            foreach (var visitor in (PortalVisitor[])[_visitor, stranger])
            {
                using var answer = await visitor.GetAsync(new Uri(_portal.Address, page));
                AssertGuarded(page, answer, await answer.Content.ReadAsStringAsync(Token));
            }
        }
    }

    [Fact]
    public void Pages_are_found() => Assert.True(Pages.Count() > 15);

    [Fact]
    public async Task Cookies_are_out_of_reach_of_scripts_and_other_sites()
    {
        using var visitor = new PortalVisitor();
        using var answer = await visitor.GetAsync(new Uri(_portal.Address, "sign-in"));

        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.All(_visitor.Cookies.GetAllCookies(), cookie => Assert.True(cookie.HttpOnly, cookie.Name));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("portal.example.test", "https", true, true)]
    [InlineData("localhost", "https", true, false)]
    [InlineData("127.0.0.1", "https", true, false)]
    [InlineData("[::1]", "https", true, false)]
    [InlineData("portal.example.test", "http", false, false)]
    public async Task Portal_behind_a_proxy_that_ends_tls_has_secure_cookies_and_asks_for_tls_for_good(
        string host, string scheme, bool secure, bool strict)
    {
        await using var portal = await StartAsync(allowInsecure: true);

        using var answer = await GetByProxyAsync(portal, host, scheme);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(strict, answer.Headers.Contains("Strict-Transport-Security"));
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.Equal(secure, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Proxy_that_nobody_spoke_of_is_not_believed()
    {
        using var answer = await GetByProxyAsync(_portal, "portal.example.test", "https");

        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    private static async Task<HttpResponseMessage> GetByProxyAsync(PortalProcess portal, string host, string scheme)
    {
        using var visitor = new PortalVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Address, "sign-in")) { Headers = { Host = host } };
        request.Headers.Add("X-Forwarded-Proto", scheme);
        return await visitor.SendAsync(request);
    }

    private static void AssertGuarded(string page, HttpResponseMessage answer, string content)
    {
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.True(policy.Contains("default-src 'none'", StringComparison.Ordinal), page);
        if (!page.StartsWith("/mail/", StringComparison.Ordinal))
        {
            Assert.False(policy.Contains("unsafe", StringComparison.Ordinal), page);
            Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        }

        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.True(answer.Headers.Contains("Permissions-Policy"), page);
        Assert.False(answer.StatusCode >= HttpStatusCode.InternalServerError, $"{page} answered {answer.StatusCode}");
        if (answer.Content.Headers.ContentType?.MediaType == "text/html")
        {
            Assert.False(Forbidden().IsMatch(content), $"{page}: {Forbidden().Match(content).Value}");
        }
    }

    private Task<PortalProcess> StartAsync(bool allowInsecure) => PortalProcess.StartAsync(
        system.System.Api,
        new Dictionary<string, string?>
        {
            ["Lmtp__Portal__KeyDirectory"] = _keys.Path,
            ["Lmtp__Portal__AllowInsecure"] = $"{allowInsecure}",
            ["AllowedHosts"] = "*",
        },
        Token);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex RouteParameter();

    [GeneratedRegex("""<script(?![^>]*\ssrc=)[^>]*>|<style|<[^>]+\s(style|on[a-z]+)=|javascript:""", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}
