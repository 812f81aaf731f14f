using System.Net;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>Our mail server as a process on free ports, beside a WildDuck on the same database and Redis.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private const string ApiKey = "0123456789abcdef0123456789abcdef";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http;

    private MailServer(ChildProcess process, int lmtpPort, int apiPort)
    {
        Process = process;
        Lmtp = new IPEndPoint(IPAddress.Loopback, lmtpPort);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{apiPort}") };
        _http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, ApiKey);
        Api = new LmtpApiClient(_http);
    }

    public ChildProcess Process { get; }

    public IPEndPoint Lmtp { get; }

    public LmtpApiClient Api { get; }

    /// <param name="connectionString">The database that WildDuck works on.</param>
    /// <param name="redis">How Redis is reached.</param>
    /// <param name="redisDatabase">WildDuck's database in it.</param>
    /// <param name="directory">Where the server runs.</param>
    /// <param name="settings">Further settings, in the form of the environment.</param>
    public static async Task<MailServer> StartAsync(
        string connectionString, string redis, int redisDatabase, string directory, IReadOnlyDictionary<string, string?> settings)
    {
        var lmtpPort = FreePort.Next();
        var apiPort = FreePort.Next();
        var environment = new Dictionary<string, string?>(settings)
        {
            ["LMTP_PORT"] = $"{lmtpPort}",
            ["Kestrel__Endpoints__Http__Url"] = $"http://127.0.0.1:{apiPort}",
            ["ConnectionStrings__maildb"] = connectionString,
            ["ConnectionStrings__redis"] = redis,
            ["Lmtp__Storage__RedisDatabase"] = $"{redisDatabase}",
            ["Lmtp__Api__Key"] = ApiKey,
            ["DOTNET_ENVIRONMENT"] = "Production",
        };
        var process = ChildProcess.Start("dotnet", [Repository.Assembly("Lmtp.Server")], environment, workingDirectory: directory);
        var server = new MailServer(process, lmtpPort, apiPort);
        try
        {
            await server.WaitUntilHealthyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Process.DisposeAsync();
    }

    // Healthy, not degraded: notifications need Redis, which is connected in the background.
    private async Task WaitUntilHealthyAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(limit.Token))
        {
            try
            {
                if (await _http.GetStringAsync("health", limit.Token) == "Healthy")
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!Process.HasExited)
            {
                continue;
            }
            catch (HttpRequestException exception)
            {
                throw new InvalidOperationException($"The mail server ended with {Process.ExitCode}:\n{Process.Output}", exception);
            }
        }
    }
}
