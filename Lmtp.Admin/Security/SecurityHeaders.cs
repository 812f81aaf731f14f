using System.Net;
using Lmtp.Admin.Accounts;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace Lmtp.Admin.Security;

/// <summary>The headers that tell a browser what the portal will never do.</summary>
internal static class SecurityHeaders
{
    private const string ForwardedScheme = "X-Forwarded-Proto";

    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>A year, as in the examples of RFC 6797 section 6.1.</summary>
    private const string StrictTransportSecurity = "max-age=31536000";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var portal = app.Services.GetRequiredService<IOptionsMonitor<PortalOptions>>();
        app.Use((context, next) =>
        {
            TrustProxy(context.Request, portal.CurrentValue);
            Write(context);
            return next(context);
        });
    }

    /// <summary>The policy above says who may frame the portal; Blazor need not add its own.</summary>
    public static void ConfigureRenderMode(ServerComponentsEndpointOptions options) =>
        options.ContentSecurityFrameAncestorsPolicy = null;

    // A proxy that ends TLS says so by this header. Whoever else does only makes cookies of his own stricter.
    private static void TrustProxy(HttpRequest request, PortalOptions portal)
    {
        if (portal.AllowInsecure && request.Headers[ForwardedScheme] == Uri.UriSchemeHttps)
        {
            request.Scheme = Uri.UriSchemeHttps;
        }
    }

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        if (context.Request.IsHttps && !IsOwnMachine(context.Request.Host.Host))
        {
            headers.StrictTransportSecurity = StrictTransportSecurity;
        }
    }

    // A browser would hold every other port of this machine to it, too.
    private static bool IsOwnMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
