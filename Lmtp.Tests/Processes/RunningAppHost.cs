using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Lmtp.Contracts;

namespace Lmtp.Tests.Processes;

/// <summary>The whole system, started from the AppHost as a newcomer starts it, on embedded data and free ports.</summary>
internal sealed class RunningAppHost : IAsyncDisposable
{
    private const string ApiKey = "0123456789abcdef0123456789abcdef";

    private readonly DistributedApplication _application;
    private readonly HttpClient _http;

    private RunningAppHost(DistributedApplication application)
    {
        _application = application;
        _http = application.CreateHttpClient("lmtp", "http");
        _http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, ApiKey);
        Api = new LmtpApiClient(_http);
    }

    public LmtpApiClient Api { get; }

    public IPEndPoint Lmtp => new(IPAddress.Loopback, _application.GetEndpoint("lmtp", "lmtp").Port);

    public DistributedApplication Application => _application;

    public static async Task<RunningAppHost> StartAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Lmtp_AppHost>(
            ["--Lmtp:Data=embedded", $"--Lmtp:DataDirectory={dataDirectory}", $"--Parameters:api-key={ApiKey}", $"--Parameters:portal-key=portal-{ApiKey}"],
            limit.Token);
        var application = await builder.BuildAsync(limit.Token);
        await application.StartAsync(limit.Token);
        foreach (var resource in (string[])["mongo", "redis", "lmtp", "admin"])
        {
            await application.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.StopOnResourceUnavailable, limit.Token);
        }

        return new RunningAppHost(application);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
