using Lmtp.Admin;
using Lmtp.Admin.Accounts;
using Lmtp.Admin.Accounts.External;
using Lmtp.Admin.Api;
using Lmtp.Admin.Components;
using Lmtp.Admin.Import;
using Lmtp.Admin.Mail;
using Lmtp.Admin.Security;

if (StartReport.IsHelpAsked(args))
{
    Console.WriteLine(PortalHelp.Text);
    return;
}

StartReport.ReportSettingFaults();
var builder = WebApplication.CreateBuilder(args);
// Also outside of Development: an unpublished build keeps its assets where they were made.
builder.WebHost.UseStaticWebAssets();
builder.AddServiceDefaults();
builder.AddLmtpApiClient();
builder.AddAccounts();
builder.AddUserImport();
// What a page was prerendered from comes back when it becomes interactive: lists and charts of more than SignalR's 32 KiB.
builder.Services.AddRazorComponents().AddInteractiveServerComponents()
    .AddHubOptions(static hub => hub.MaximumReceiveMessageSize = 512 * 1024);

var app = builder.Build();
app.RequireValidSettings();
app.UseExceptionHandler("/error", createScopeForErrors: true);
app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UseSecurityHeaders();
app.UseAccounts();
app.UseAntiforgery();
app.MapDefaultEndpoints();
app.MapStaticAssets().AllowAnonymous();
app.MapSignOut();
app.MapExternalSignIn();
app.MapMailFrame();
app.MapMailDownloads();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(SecurityHeaders.ConfigureRenderMode);
await app.RunAsync();
