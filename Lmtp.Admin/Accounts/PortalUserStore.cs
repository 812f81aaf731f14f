using System.Net;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Lmtp.Admin.Accounts;

/// <summary>The accounts, which live with the mail server, as ASP.NET Core Identity asks for them.</summary>
internal sealed partial class PortalUserStore(LmtpApiClient api, IdentityErrorDescriber errors, SecondFactorSecrets secrets) :
    IUserPasswordStore<PortalUser>,
    IUserLockoutStore<PortalUser>,
    IUserSecurityStampStore<PortalUser>,
    IUserTwoFactorStore<PortalUser>,
    IUserAuthenticatorKeyStore<PortalUser>,
    IUserTwoFactorRecoveryCodeStore<PortalUser>
{
    public async Task<IdentityResult> CreateAsync(PortalUser user, CancellationToken cancellationToken)
    {
        try
        {
            user.Account = await api.AddPortalAccountAsync(user.Account, cancellationToken);
            return IdentityResult.Success;
        }
        catch (LmtpApiException refusal) when (refusal.StatusCode == HttpStatusCode.Conflict)
        {
            return IdentityResult.Failed(errors.DuplicateUserName(user.Account.Name));
        }
    }

    public async Task<IdentityResult> UpdateAsync(PortalUser user, CancellationToken cancellationToken)
    {
        try
        {
            user.Account = await api.ReplacePortalAccountAsync(user.Account, cancellationToken);
            return IdentityResult.Success;
        }
        catch (LmtpApiException refusal) when (refusal.StatusCode == HttpStatusCode.Conflict)
        {
            return IdentityResult.Failed(errors.ConcurrencyFailure());
        }
    }

    public async Task<IdentityResult> DeleteAsync(PortalUser user, CancellationToken cancellationToken)
    {
        await api.DeletePortalAccountAsync(user.Account.Id, cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<PortalUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        await api.FindPortalAccountAsync(userId, cancellationToken) is { } account ? new PortalUser(account) : null;

    public async Task<PortalUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        await api.FindPortalAccountByNameAsync(normalizedUserName, cancellationToken) is { } account ? new PortalUser(account) : null;

    public Task<string> GetUserIdAsync(PortalUser user, CancellationToken cancellationToken) => Task.FromResult(user.Account.Id);

    public Task<string?> GetUserNameAsync(PortalUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Account.Name);

    public Task SetUserNameAsync(PortalUser user, string? userName, CancellationToken cancellationToken) =>
        Change(user, account => account with { Name = userName ?? string.Empty });

    public Task<string?> GetNormalizedUserNameAsync(PortalUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Account.NormalizedName);

    public Task SetNormalizedUserNameAsync(PortalUser user, string? normalizedName, CancellationToken cancellationToken) =>
        Change(user, account => account with { NormalizedName = normalizedName ?? string.Empty });

    public Task<string?> GetPasswordHashAsync(PortalUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Account.PasswordHash);

    public Task SetPasswordHashAsync(PortalUser user, string? passwordHash, CancellationToken cancellationToken) =>
        Change(user, account => account with { PasswordHash = passwordHash });

    public Task<bool> HasPasswordAsync(PortalUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Account.PasswordHash is not null);

    public Task<string?> GetSecurityStampAsync(PortalUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Account.SecurityStamp);

    public Task SetSecurityStampAsync(PortalUser user, string stamp, CancellationToken cancellationToken) =>
        Change(user, account => account with { SecurityStamp = stamp });

    public Task<bool> GetTwoFactorEnabledAsync(PortalUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Account.TwoFactorEnabled);

    public Task SetTwoFactorEnabledAsync(PortalUser user, bool enabled, CancellationToken cancellationToken) =>
        Change(user, account => account with { TwoFactorEnabled = enabled });

    public Task<int> GetAccessFailedCountAsync(PortalUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Account.AccessFailedCount);

    public async Task<int> IncrementAccessFailedCountAsync(PortalUser user, CancellationToken cancellationToken)
    {
        await Change(user, account => account with { AccessFailedCount = account.AccessFailedCount + 1 });
        return user.Account.AccessFailedCount;
    }

    public Task ResetAccessFailedCountAsync(PortalUser user, CancellationToken cancellationToken) =>
        Change(user, account => account with { AccessFailedCount = 0 });

    public Task<bool> GetLockoutEnabledAsync(PortalUser user, CancellationToken cancellationToken) => Task.FromResult(true);

    // Every account can be locked.
    public Task SetLockoutEnabledAsync(PortalUser user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(PortalUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Account.LockoutEnd);

    public Task SetLockoutEndDateAsync(PortalUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) =>
        Change(user, account => account with { LockoutEnd = lockoutEnd });

    // Nothing is held that would have to be given back.
    public void Dispose()
    {
    }

    private static Task Change(PortalUser user, Func<PortalAccount, PortalAccount> change)
    {
        user.Account = change(user.Account);
        return Task.CompletedTask;
    }
}
