using Lmtp.Admin.Accounts;
using Lmtp.Admin.Api;
using Lmtp.Admin.Components;
using Lmtp.Admin.Mail;
using Lmtp.Admin.Security;

var builder = WebApplication.CreateBuilder(args);
// Also outside of Development: an unpublished build keeps its assets where they were made.
builder.WebHost.UseStaticWebAssets();
builder.AddServiceDefaults();
builder.AddLmtpApiClient();
builder.AddAccounts();
builder.Services.AddRazorComponents().AddInteractiveServerComponents();

var app = builder.Build();
app.UseExceptionHandler("/error", createScopeForErrors: true);
app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
app.UseSecurityHeaders();
app.UseAccounts();
app.UseAntiforgery();
app.MapDefaultEndpoints();
app.MapStaticAssets().AllowAnonymous();
app.MapSignOut();
app.MapMailFrame();
app.MapMailDownloads();
app.MapRazorComponents<App>().AddInteractiveServerRenderMode(SecurityHeaders.ConfigureRenderMode);
await app.RunAsync();
