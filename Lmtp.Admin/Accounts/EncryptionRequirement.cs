using System.Net;
using Microsoft.Extensions.Options;

namespace Lmtp.Admin.Accounts;

/// <summary>Keeps passwords off the wire: without TLS the portal answers to its own machine only.</summary>
internal sealed class EncryptionRequirement(RequestDelegate next, IOptionsMonitor<PortalOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsHttps || options.CurrentValue.AllowInsecure || IsLocal(context.Connection.RemoteIpAddress))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(
            "The portal is not encrypted, so it answers to its own machine only. Give it a certificate (Kestrel:Endpoints), or put it " +
            $"behind a proxy that ends TLS and set {PortalOptions.Section}:{nameof(PortalOptions.AllowInsecure)} to true.",
            context.RequestAborted);
    }

    private static bool IsLocal(IPAddress? remote) => remote is null || IPAddress.IsLoopback(remote);
}
