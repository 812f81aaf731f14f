using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

/// <summary>One real mail server on an embedded database for all API tests; they keep apart by user names.</summary>
public sealed class ApiSystem : IAsyncLifetime
{
    private static int _names;

    private readonly RedisFixture _redis = new();
    private MailSystem? _system;

    /// <summary>How the server connects to its database, by how tests do; the same when null.</summary>
    internal Func<string, string>? Through { get; init; }

    internal MailSystem System => _system ?? throw new InvalidOperationException("The system has not been started.");

    public LmtpApiClient Api { get; private set; } = null!;

    /// <summary>Skips the test where there is no Redis to count.</summary>
    public void RequireRedis() => _redis.Require();

    /// <summary>A client that carries the key.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>A client without any key.</summary>
    public HttpClient Anonymous { get; private set; } = null!;

    /// <summary>Where a request comes from an address that is not loopback's; null on a machine that has no other.</summary>
    public Uri? Remote { get; private set; }

    /// <summary>A client that comes as the portal does, for nobody.</summary>
    public HttpClient PortalHttp { get; private set; } = null!;

    /// <summary>A name that no other test has and with which no other's begins.</summary>
    public static string NewName(string prefix = "user") =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{Interlocked.Increment(ref _names):D5}");

    /// <summary>A user with an address of its own.</summary>
    public Task<UserResponse> NewUserAsync(string prefix = "user")
    {
        var name = NewName(prefix);
        return Api.CreateUserAsync(
            new CreateUserRequest { Username = name, Name = $"User {name}", Address = $"{name}@api.test" },
            TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until nobody counts anew what users store, as another test may have begun to.</summary>
    public Task RecalculationsEndedAsync() => Eventually.TrueAsync(async () =>
        (await Api.ListQuotaRecalculationsAsync(limit: 1, cancellationToken: TestContext.Current.CancellationToken)).Items is not [{ Finished: null }]);

    /// <summary>Waits until no LMTP connection is open, one that another test left in the middle of a message included.</summary>
    public Task ConnectionsClosedAsync() => Eventually.TrueAsync(async () =>
        (await Api.ListConnectionsAsync(TestContext.Current.CancellationToken)).Count == 0);

    public async ValueTask InitializeAsync()
    {
        await _redis.InitializeAsync();
        var settings = new Dictionary<string, string?> { ["ConnectionStrings__redis"] = _redis.IsInstalled ? _redis.ConnectionString : null };
        if (FindAddress() is { } address)
        {
            Remote = new Uri($"http://{address}:{FreePort.Next()}");
            settings["Kestrel__Endpoints__Remote__Url"] = Remote.ToString();
        }

        // On a busy machine a look at Redis may take longer than mail waits for it, and mail would go uncounted.
        settings["Lmtp__RateLimits__Timeout"] = "00:00:30";

        // Tests ask more than any program would.
        settings["Lmtp__Api__RequestsPerSecond"] = "100000";
        settings["Lmtp__Api__RequestBurst"] = "1000000";
        _system = await MailSystem.StartAsync(CancellationToken.None, settings, Through);
        Http = _system.CreateHttpClient();
        Api = new LmtpApiClient(Http);
        PortalHttp = _system.CreateHttpClient(MailSystem.PortalKey);
        Anonymous = new HttpClient { BaseAddress = _system.Api };
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        Anonymous?.Dispose();
        PortalHttp?.Dispose();
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        await _redis.DisposeAsync();
    }

    private static IPAddress? FindAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
}
