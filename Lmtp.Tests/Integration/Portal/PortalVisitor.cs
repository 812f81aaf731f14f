using System.Net;
using System.Text.RegularExpressions;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Portal;

/// <summary>Somebody with a browser that runs no scripts: keeps cookies, sends forms, and follows no redirects by itself.</summary>
internal sealed partial class PortalVisitor : IDisposable
{
    private const string Password = "correct horse battery staple";

    private readonly HttpClient _http;

    public PortalVisitor()
    {
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false });
    }

    public CookieContainer Cookies { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(Uri address) => _http.GetAsync(address, Token);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request, Token);

    /// <summary>Makes an account by a one-time link.</summary>
    public async Task SignUpAsync(PortalProcess portal, LmtpApiClient api, string name)
    {
        var link = await api.AddPortalLinkAsync(new PortalLinkRequest { Role = PortalRole.Admin }, Token);
        var address = new Uri(portal.Address, "welcome");
        var page = await (await GetAsync(address)).Content.ReadAsStringAsync(Token);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "welcome",
            ["__RequestVerificationToken"] = Antiforgery().Match(page).Groups[1].Value,
            ["Input.Token"] = link.Token!,
            ["Input.Name"] = name,
            ["Input.Password"] = Password,
            ["Input.Repeated"] = Password,
        });
        using var answer = await _http.PostAsync(address, form, Token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    /// <summary>Whether a page is shown, rather than the way to sign in.</summary>
    public async Task<bool> IsSignedInAsync(PortalProcess portal)
    {
        using var answer = await GetAsync(new Uri(portal.Address, "server"));
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Antiforgery();
}
