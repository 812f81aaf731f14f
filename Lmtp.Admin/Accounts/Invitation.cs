using System.Net;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Lmtp.Admin.Accounts;

/// <summary>Turns a one-time link into an account with a password, or an account's lost password into a new one.</summary>
internal sealed class Invitation(LmtpApiClient api, UserManager<PortalUser> users)
{
    /// <summary>What the link is good for; null when it is good for nothing any more.</summary>
    public Task<PortalLinkResponse?> FindAsync(string token) => OrNullAsync(api.FindPortalLinkAsync(token));

    /// <summary>Uses the link up. A fault leaves it as it was.</summary>
    /// <param name="token">The link's secret part.</param>
    /// <param name="name">The name of a new account; not used for an account that there is.</param>
    /// <param name="password">The password.</param>
    /// <returns>The account; null when the link is good for nothing any more, or with the faults.</returns>
    public async Task<(PortalUser? User, IReadOnlyList<string> Faults)> AcceptAsync(string token, string name, string password)
    {
        if (await OrNullAsync(api.RedeemPortalLinkAsync(token)) is not { } link)
        {
            return (null, []);
        }

        var (user, result) = link.Account is { } account
            ? await RenewAsync(account, password)
            : await CreateAsync(name, link.Role, password);
        if (result.Succeeded)
        {
            return (user, []);
        }

        await api.RestorePortalLinkAsync(token);
        return (null, [.. result.Errors.Select(error => error.Description)]);
    }

    private async Task<(PortalUser? User, IdentityResult Result)> CreateAsync(string name, PortalRole role, string password)
    {
        var user = new PortalUser(name, role);
        return (user, await users.CreateAsync(user, password));
    }

    // Whoever lost the password has probably lost the authenticator too; the link comes from somebody who may give both.
    private async Task<(PortalUser? User, IdentityResult Result)> RenewAsync(string name, string password)
    {
        if (await users.FindByNameAsync(name) is not { } user)
        {
            return (null, IdentityResult.Failed(new IdentityError { Description = Resources.Texts.AccountGone }));
        }

        foreach (var validator in users.PasswordValidators)
        {
            if (await validator.ValidateAsync(users, user, password) is { Succeeded: false } fault)
            {
                return (null, fault);
            }
        }

        user.Account = user.Account with
        {
            PasswordHash = users.PasswordHasher.HashPassword(user, password),
            AuthenticatorKey = null,
            RecoveryCodes = null,
            TwoFactorEnabled = false,
            AccessFailedCount = 0,
            LockoutEnd = null,
        };
        return (user, await users.UpdateSecurityStampAsync(user));
    }

    private static async Task<PortalLinkResponse?> OrNullAsync(Task<PortalLinkResponse> call)
    {
        try
        {
            return await call;
        }
        catch (LmtpApiException refusal) when (refusal.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
