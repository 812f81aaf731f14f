using Lmtp.AppHost;
using Lmtp.AppHost.Data;
using Microsoft.Extensions.DependencyInjection;

FaultReport.Install();
var builder = DistributedApplication.CreateBuilder(args);
var settings = AppHostSettings.Read(builder);

// One key, made on the first run, lets the portal in; whoever wants to use the API finds it in the user secrets.
var apiKey = builder.AddParameter("api-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

// MongoDB and Redis: given, in containers, or the embedded ones.
var data = await builder.AddMailDataAsync(settings);
settings.Ports.RequireFree(data.IsEmbedded);

// The mail server: LMTP on an endpoint of its own, never proxied, and the HTTP API.
var lmtp = builder.AddProject<Projects.Lmtp_Server>("lmtp")
    .WithLmtpEndpoint(settings.Ports.Lmtp)
    .WithHttpPort(settings.Ports.Api)
    .WithReference(data.Mail)
    .WithReference(data.Redis)
    .WithEnvironment("Lmtp__Api__Key", apiKey)
    .WithSingleLineLogs()
    .WithHttpHealthCheck("/health", endpointName: "http");
data.HoldBack(lmtp);

// An empty embedded database gets two demonstration users; what they log in with is in the user secrets, too.
if (data.IsEmbedded)
{
    lmtp.WithEnvironment("Lmtp__Demo", "true")
        .WithEnvironment("Lmtp__DemoPassword", builder.AddParameter("demo-password", new GenerateParameterDefault { MinLength = 16, Special = false }, secret: true, persist: true));
}

// The portal, which knows the mail server's API and nothing else.
var admin = builder.AddProject<Projects.Lmtp_Admin>("admin")
    .WithHttpPort(settings.Ports.Portal)
    .WithReference(lmtp)
    .WithEnvironment("Lmtp__Api__Key", apiKey)
    .WithSingleLineLogs()
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WaitFor(lmtp);

// When all of it is healthy, one table says where.
builder.Services.AddSingleton(new SummaryRows(lmtp, admin, data, settings));
builder.Services.AddHostedService<StartupSummary>();

await builder.Build().RunAsync();
