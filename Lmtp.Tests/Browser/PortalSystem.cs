using Lmtp.Contracts;
using Lmtp.Tests.Integration.Api;
using Lmtp.Tests.Integration.Faults;
using Lmtp.Tests.Processes;
using Microsoft.Playwright;

namespace Lmtp.Tests.Browser;

/// <summary>A mail server, the portal in front of it and a browser. Without Chromium its tests skip.</summary>
public sealed class PortalSystem : IAsyncLifetime
{
    public const string AdministratorName = "administrator";
    public const string Password = "correct horse battery staple";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    /// <summary>How long a page may take on a machine that has much else to do; what is there sooner is seen sooner.</summary>
    internal const float PageLimitMilliseconds = 60_000;

    private readonly ApiSystem _api;
    private MongoFaultProxy? _database;
    private ChildProcess? _portal;
    private IPlaywright? _playwright;
    private readonly TemporaryDirectory _keys = new();
    private readonly List<IBrowserContext> _windows = [];
    private IBrowser? _browser;
    private string? _session;

    public PortalSystem() => _api = new ApiSystem
    {
        Through = connectionString =>
        {
            _database = MongoFaultProxy.Start(connectionString);
            return $"{_database.ConnectionString}/mail";
        },
    };

    /// <summary>The mail server, or a skipped test.</summary>
    public ApiSystem Api
    {
        get
        {
            Assert.SkipUnless(Chromium.IsInstalled, Chromium.Missing);
            return _api;
        }
    }

    /// <summary>What the mail server asks its database comes through here.</summary>
    internal MongoFaultProxy Database => _database ?? throw new InvalidOperationException("The system has not been started.");

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Next()}/");

    /// <summary>Where the pictures of pages go.</summary>
    public static string Screenshots { get; } = Path.Combine(Repository.Root, "artifacts", "screenshots");

    public async ValueTask InitializeAsync()
    {
        if (!Chromium.IsInstalled)
        {
            return;
        }

        await _api.InitializeAsync();
        var assembly = Repository.Assembly("Lmtp.Admin");
        _portal = ChildProcess.Start(
            "dotnet",
            [assembly],
            new Dictionary<string, string?>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Kestrel__Endpoints__Http__Url"] = Address.ToString(),
                ["services__lmtp__http__0"] = _api.Http.BaseAddress!.ToString(),
                ["Lmtp__Api__Key"] = MailSystem.PortalKey,

                // What a test holds back takes as long as the test looks at it.
                ["Lmtp__Api__Timeout"] = "00:10:00",
                ["Lmtp__Portal__KeyDirectory"] = _keys.Path,
                ["Lmtp__Portal__AttemptsPerMinute"] = "10000",
                ["Lmtp__Portal__RevocationTime"] = "00:00:01",
            },
            Path.GetDirectoryName(assembly));
        await _portal.WaitForLineAsync(
            line => line.Contains("Application started", StringComparison.Ordinal), StartLimit, CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(PageLimitMilliseconds);
        _browser = await Chromium.LaunchAsync(_playwright);
        _session = await SignInAsync(PortalRole.Admin, AdministratorName);
    }

    /// <summary>A new window of an administrator, or a skipped test.</summary>
    public Task<IPage> OpenAsync(int width = 1440, ColorScheme scheme = ColorScheme.Light, string? zone = null) => OpenAsync(_session, width, scheme, zone);

    /// <summary>A new window of somebody who is not signed in, or a skipped test.</summary>
    public Task<IPage> OpenSignedOutAsync(int width = 1440, ColorScheme scheme = ColorScheme.Light) => OpenAsync(null, width, scheme);

    /// <summary>Makes an account by a one-time link; returns the session.</summary>
    public async Task<string> SignInAsync(PortalRole role, string name)
    {
        var link = await _api.Api.AddPortalLinkAsync(new PortalLinkRequest { Role = role }, CancellationToken.None);
        return await OpenWelcomeAsync(link, name);
    }

    /// <summary>Makes an account by the link; returns the session.</summary>
    public async Task<string> OpenWelcomeAsync(PortalLinkResponse link, string name)
    {
        var page = await OpenSignedOutAsync();
        await page.GotoAsync($"welcome#{link.Token}");
        await ChooseAsync(page, name);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).WaitForAsync();
        var session = await page.Context.StorageStateAsync();
        await page.Context.CloseAsync();
        return session;
    }

    /// <summary>Fills in the page of a one-time link.</summary>
    public static async Task ChooseAsync(IPage page, string name)
    {
        await page.GetByLabel("Account name").FillAsync(name);
        await page.GetByLabel("New password").FillAsync(Password);
        await page.GetByLabel("The same once more").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>A new window with the session, or a skipped test.</summary>
    public async Task<IPage> OpenAsync(string? session, int width = 1440, ColorScheme scheme = ColorScheme.Light, string? zone = null)
    {
        Assert.SkipWhen(_browser is null, Chromium.Missing);
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            StorageState = session,
            BaseURL = Address.ToString(),
            ColorScheme = scheme,
            TimezoneId = zone,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(PageLimitMilliseconds);
        _windows.Add(context);
        return await context.NewPageAsync();
    }

    /// <summary>Closes what a test has opened; of a test that failed it prints what is to be seen.</summary>
    public async ValueTask CloseWindowsAsync()
    {
        foreach (var window in _windows)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                await PrintAsync(window);
            }

            await window.CloseAsync();
        }

        _windows.Clear();
    }

    private static async Task PrintAsync(IBrowserContext window)
    {
        const int Longest = 4000;
        foreach (var page in window.Pages)
        {
            var text = await page.Locator("body").InnerTextAsync();
            TestContext.Current.TestOutputHelper?.WriteLine($"{page.Url}\n{text[..Math.Min(text.Length, Longest)]}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_portal is not null)
        {
            await _portal.DisposeAsync();
        }

        await _api.DisposeAsync();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _keys.Dispose();
    }
}
