using System.Net;
using Lmtp.Contracts;

namespace Lmtp.Tests.Processes;

/// <summary>
/// An embedded database and a mail server as two processes of their own, so that a test can kill either without
/// warning. Redis is left out: it must never be needed for a delivery.
/// </summary>
internal sealed class MailSystem : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryDirectory _data = new();
    private readonly int _mongoPort = FreePort.Next();
    private readonly int _lmtpPort = FreePort.Next();
    private readonly int _apiPort = FreePort.Next();
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private string? _proxied;

    private MailSystem(IReadOnlyDictionary<string, string?>? settings)
    {
        _settings = settings ?? new Dictionary<string, string?>();
        ConnectionString = $"mongodb://127.0.0.1:{_mongoPort}/mail";
    }

    private const string ApiKey = "0123456789abcdef0123456789abcdef";

    /// <summary>What a portal in front of the server comes with.</summary>
    public const string PortalKey = "portal-0123456789abcdef012345678";

    public ChildProcess Mongo { get; private set; } = null!;

    public ChildProcess Server { get; private set; } = null!;

    public string ConnectionString { get; private init; }

    public IPEndPoint Lmtp => new(IPAddress.Loopback, _lmtpPort);

    public Uri Api => new($"http://127.0.0.1:{_apiPort}");

    /// <summary>Starts both; the settings are environment variables of the mail server beside the usual ones.</summary>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="through">
    /// Called once the database answers: how the server connects, by how a test does; the same when null.
    /// </param>
    public static async Task<MailSystem> StartAsync(
        CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? settings = null, Func<string, string>? through = null)
    {
        var system = new MailSystem(settings);
        try
        {
            await system.StartMongoAsync(cancellationToken);
            system._proxied = through?.Invoke(system.ConnectionString);
            await system.StartServerAsync(cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts another mail server on the database of one that runs, which has to outlive it.</summary>
    public static async Task<MailSystem> StartBesideAsync(
        MailSystem first, CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var system = new MailSystem(settings) { ConnectionString = first.ConnectionString };
        try
        {
            await system.StartServerAsync(cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of the HTTP API that carries the key.</summary>
    public HttpClient CreateHttpClient(string key = ApiKey)
    {
        var http = new HttpClient { BaseAddress = Api };
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, key);
        return http;
    }

    public async Task StartMongoAsync(CancellationToken cancellationToken)
    {
        Mongo = ChildProcess.Start(
            "dotnet",
            [Repository.Assembly("Lmtp.EmbeddedMongo"), "--data", _data.File("mongo"), "--port", $"{_mongoPort}"]);
        await Mongo.WaitForLineAsync(line => line.Contains($"{_mongoPort}", StringComparison.Ordinal), StartLimit, cancellationToken);
    }

    public async Task StartServerAsync(CancellationToken cancellationToken)
    {
        Server = ChildProcess.Start("dotnet", [Repository.Assembly("Lmtp.Server")], ServerEnvironment(), workingDirectory: _data.Path);
        await Server.WaitForLineAsync(line => line.Contains("Application started", StringComparison.Ordinal), StartLimit, cancellationToken);
        await WaitUntilHealthyAsync(cancellationToken);
    }

    /// <summary>Starts another mail server over the same database; the returned address is that of its HTTP API.</summary>
    public async Task<(ChildProcess Process, Uri Api)> StartAnotherServerAsync(CancellationToken cancellationToken)
    {
        var api = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var environment = ServerEnvironment();
        environment["LMTP_PORT"] = $"{FreePort.Next()}";
        environment["Kestrel__Endpoints__Http__Url"] = api.ToString();
        var process = ChildProcess.Start("dotnet", [Repository.Assembly("Lmtp.Server")], environment, workingDirectory: _data.Path);
        await process.WaitForLineAsync(line => line.Contains("Application started", StringComparison.Ordinal), StartLimit, cancellationToken);
        return (process, api);
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        if (Mongo is not null)
        {
            await Mongo.DisposeAsync();
        }

        _data.Dispose();
    }

    private Dictionary<string, string?> ServerEnvironment() => new(_settings)
    {
        ["LMTP_PORT"] = $"{_lmtpPort}",
        ["Kestrel__Endpoints__Http__Url"] = Api.ToString(),
        ["ConnectionStrings__maildb"] = _proxied ?? ConnectionString,
        ["Lmtp__Api__Key"] = ApiKey,
        ["Lmtp__Api__PortalKey"] = PortalKey,
        ["DOTNET_ENVIRONMENT"] = "Production",
    };

    private async Task WaitUntilHealthyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Api };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            try
            {
                using var response = await http.GetAsync("health", limit.Token);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!Server.HasExited)
            {
                continue;
            }
        }
    }
}
