using Lmtp.AppHost;
using Lmtp.AppHost.Data;
using Lmtp.AppHost.SignIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

if (args is ["--help" or "-h" or "-?" or "help", ..])
{
    Console.WriteLine(AppHostHelp.Text);
    return;
}

FaultReport.Install();
var builder = DistributedApplication.CreateBuilder(args);
var settings = AppHostSettings.Read(builder);

if (args is [SignInLinkVerb.Name, ..])
{
    await SignInLinkVerb.RunAsync(builder, settings.Ports);
    return;
}

// Two keys, made on the first run: whoever wants to use the API finds his in the user secrets, the other lets the portal in.
var apiKey = builder.AddParameter("api-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
var portalKey = builder.AddParameter("portal-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

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
    .WithEnvironment("Lmtp__Api__PortalKey", portalKey)
    .WithSingleLineLogs()
    .WithHttpHealthCheck("/health", endpointName: "http");
data.HoldBack(lmtp);

// An empty embedded database gets two demonstration users; what they log in with is in the user secrets, too. No task
// runner of WildDuck's is there to remove what has expired.
if (data.IsEmbedded)
{
    lmtp.WithEnvironment("Lmtp__Storage__Upkeep", builder.Configuration["Lmtp:Storage:Upkeep"] ?? "true")
        .WithEnvironment("Lmtp__Demo", "true")
        .WithEnvironment("Lmtp__DemoPassword", builder.AddParameter("demo-password", new GenerateParameterDefault { MinLength = 16, Special = false }, secret: true, persist: true));
}

// The portal, which knows the mail server's API and nothing else.
var admin = builder.AddProject<Projects.Lmtp_Admin>("admin")
    .WithHttpPort(settings.Ports.Portal)
    .WithReference(lmtp)
    .WithEnvironment("Lmtp__Api__Key", portalKey)
    .WithSessionKeys(settings, data)
    .WithSingleLineLogs()
    .WithHttpHealthCheck("/health", endpointName: "http")
    .WaitFor(lmtp);

// When all of it is healthy, one table says where, and how to get into the portal for the first time.
builder.Services.AddSingleton(new SummaryRows(lmtp, admin, data, settings));
builder.Services.AddSingleton(services => new FirstSignIn(
    lmtp, admin, apiKey.Resource, services.GetRequiredService<ILogger<FirstSignIn>>()));
builder.Services.AddHostedService<StartupSummary>();

await builder.Build().RunAsync();
