using System.Security.Claims;
using Lmtp.Admin.Accounts;
using Lmtp.Contracts;

namespace Lmtp.Admin.Api;

/// <summary>Says with every call for whom it is made; the server allows what that person may do, and writes down who it was.</summary>
internal sealed class ActorHandler(SignedInPerson person, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var principal = await person.FindAsync();
        if (principal.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name }
            && principal.FindFirstValue(ClaimTypes.Role) is { } role)
        {
            request.Headers.Add(LmtpApiHeaders.Actor, Uri.EscapeDataString(name));
            request.Headers.Add(LmtpApiHeaders.ActorRole, role);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
