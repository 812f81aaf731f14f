using Lmtp.Server;
using Lmtp.Server.Api;
using Lmtp.Server.Api.Security;
using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol;
using Lmtp.Server.Storage;

if (StartReport.IsHelpAsked(args))
{
    Console.WriteLine(ServerHelp.Text);
    return;
}

StartReport.ReportSettingFaults();
var builder = WebApplication.CreateBuilder(args);

builder.AddEnvironmentAliases();
builder.AddServiceDefaults();

MailDatabaseSetting.Require(builder.Configuration);
builder.AddMongoDBClient(MailDatabaseSetting.Name, configureClientSettings: DatabaseTimeouts.Apply);

// Storage has a health check of its own: Redis that is away degrades the service and does not stop it.
builder.AddRedisClient("redis", settings => settings.DisableHealthChecks = true);

builder.AddStorage();
builder.AddDelivery();
builder.AddLmtpProtocol();
builder.AddApi();

var app = builder.Build();

app.RequireValidSettings();
app.MapDefaultEndpoints();
app.MapApi();
app.MapMetrics(ApiScopes.Read);

app.Run();
