using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Lmtp.Tests.Unit.ServiceDefaults;

public sealed class ServiceDefaultsTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Health_endpoints_answer_on_loopback_in_production(string path)
    {
        await using var app = await StartAsync();
        using var client = Client(app);

        Assert.Equal("Healthy", await client.GetStringAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Failing_dependency_shows_in_health_but_not_in_alive()
    {
        await using var app = await StartAsync(builder => builder.Services.AddHealthChecks()
            .AddCheck("database", () => HealthCheckResult.Unhealthy()));
        using var client = Client(app);

        using var health = await client.GetAsync("/health", TestContext.Current.CancellationToken);
        using var alive = await client.GetAsync("/alive", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.NotFound)]
    [InlineData("true", HttpStatusCode.OK)]
    public async Task Health_answers_a_remote_client_only_when_told_to(string? allowRemote, HttpStatusCode expected)
    {
        await using var app = await StartAsync(
            builder => builder.Configuration["HealthEndpoints:AllowRemote"] = allowRemote,
            remote: IPAddress.Parse("192.0.2.7"));
        using var client = Client(app);

        using var response = await client.GetAsync("/health", TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Server_span_carries_route_and_status_and_probes_leave_none()
    {
        var spans = new ConcurrentQueue<Activity>();
        await using var app = await StartAsync(builder => builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddProcessor(new SimpleActivityExportProcessor(new Collector(spans)))));
        using var client = Client(app);

        using var probe = await client.GetAsync("/health", TestContext.Current.CancellationToken);
        using var response = await client.GetAsync("/things/42", TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);

        var port = new Uri(app.Urls.Single()).Port;
        var span = Assert.Single(spans, s => s.Kind == ActivityKind.Server && Equals(s.GetTagItem("server.port"), port));
        Assert.Equal("GET /things/{id}", span.DisplayName);
        Assert.Equal("/things/{id}", span.GetTagItem("http.route"));
        Assert.Equal(418, span.GetTagItem("http.response.status_code"));
        Assert.Equal("GET", span.GetTagItem("http.request.method"));
    }

    private static async Task<WebApplication> StartAsync(Action<WebApplicationBuilder>? configure = null, IPAddress? remote = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        configure?.Invoke(builder);
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = remote ?? context.Connection.RemoteIpAddress;
            return next(context);
        });
        app.MapGet("/things/{id}", (string id) => TypedResultsFor(id));
        app.MapDefaultEndpoints();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static Microsoft.AspNetCore.Http.IResult TypedResultsFor(string id) =>
        Microsoft.AspNetCore.Http.Results.Text(id, statusCode: 418);

    private static HttpClient Client(WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new HttpClient { BaseAddress = new Uri(address) };
    }

    private sealed class Collector(ConcurrentQueue<Activity> spans) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                spans.Enqueue(span);
            }

            return ExportResult.Success;
        }
    }
}
