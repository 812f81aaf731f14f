using Lmtp.ServiceDefaults;
using Lmtp.ServiceDefaults.Prometheus;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every process of the system has in common: telemetry, health endpoints, retries of HTTP calls.</summary>
public static class ServiceDefaultsExtensions
{
    private const string OtlpEndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds telemetry, the default health check and the retries of HTTP clients.</summary>
    /// <typeparam name="TBuilder">The host builder's type.</typeparam>
    /// <param name="builder">The host builder.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();
        builder.Services.AddTransient<TransientRetryHandler>();
        builder.Services.ConfigureHttpClientDefaults(static http => http.AddHttpMessageHandler<TransientRetryHandler>());
        return builder;
    }

    /// <summary>
    /// Logs, metrics and traces through OpenTelemetry, sent by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set.
    /// Everything comes from meters and activity sources that .NET and this system have themselves.
    /// </summary>
    /// <typeparam name="TBuilder">The host builder's type.</typeparam>
    /// <param name="builder">The host builder.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Logging.AddOpenTelemetry(static logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(static metrics => metrics.AddMeter([.. TelemetryNames.Own, .. TelemetryNames.FrameworkMeters]))
            .WithTracing(tracing => tracing.AddSource(
                [builder.Environment.ApplicationName, .. TelemetryNames.Own, .. TelemetryNames.FrameworkSources]));
        if (!string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpointKey]))
        {
            telemetry.UseOtlpExporter();
        }

        MetricsEndpoint.AddServices(builder.Services);
        builder.Services.AddTransient<IStartupFilter, ServerSpanStartupFilter>();

        // ASP.NET Core tags its server span only when told that no instrumentation package does it.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        return builder;
    }

    /// <summary>Adds the check <c>self</c> (tag <c>live</c>), which only says that the process answers.</summary>
    /// <typeparam name="TBuilder">The host builder's type.</typeparam>
    /// <param name="builder">The host builder.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);

        HealthEndpoints.AddSelfCheck(builder.Services);
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (every check) and <c>/alive</c> (checks tagged <c>live</c>). Outside the Development
    /// environment they answer only to loopback, unless <c>HealthEndpoints:AllowRemote</c> is true.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        HealthEndpoints.Map(app);
        return app;
    }

    /// <summary>
    /// Maps <c>/metrics</c>, which gives Prometheus everything that <see cref="ConfigureOpenTelemetry"/> exports. It
    /// answers to loopback; to others only with <c>MetricsEndpoint:AllowRemote</c>, or when they satisfy the policy.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="policy">The authorisation policy that opens the endpoint to others; null for none.</param>
    /// <returns>The same application.</returns>
    public static WebApplication MapMetrics(this WebApplication app, string? policy = null)
    {
        ArgumentNullException.ThrowIfNull(app);

        MetricsEndpoint.Map(app, policy);
        return app;
    }
}
