using Lmtp.Admin.Accounts.External;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lmtp.Admin.Accounts;

/// <summary>Looks again and again whether the account of an open page still stands as it did when it was opened.</summary>
internal sealed class SessionRevalidation(
    ILoggerFactory loggers, IServiceScopeFactory scopes, IOptions<PortalOptions> portal, IOptions<IdentityOptions> identity, TimeProvider time)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => portal.Value.RevocationTime;

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (ExternalPerson.Is(authenticationState.User))
        {
            return ExternalPerson.IsStillIn(authenticationState.User, time.GetUtcNow());
        }

        // A scope of its own: what the page has read so far must not answer.
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        return await users.GetUserAsync(authenticationState.User) is { } user
            && authenticationState.User.FindFirst(identity.Value.ClaimsIdentity.SecurityStampClaimType)?.Value
                == await users.GetSecurityStampAsync(user);
    }
}
