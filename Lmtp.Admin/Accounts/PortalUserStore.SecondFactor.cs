namespace Lmtp.Admin.Accounts;

// The key of the authenticator app and the codes for whoever lost it.
internal sealed partial class PortalUserStore
{
    private const char Separator = ';';

    public Task<string?> GetAuthenticatorKeyAsync(PortalUser user, CancellationToken cancellationToken) =>
        Task.FromResult(secrets.Unprotect(user.Account.AuthenticatorKey));

    public Task SetAuthenticatorKeyAsync(PortalUser user, string key, CancellationToken cancellationToken) =>
        Change(user, account => account with { AuthenticatorKey = secrets.Protect(key) });

    public Task ReplaceCodesAsync(PortalUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        var codes = string.Join(Separator, recoveryCodes);
        return Change(user, account => account with { RecoveryCodes = secrets.Protect(codes) });
    }

    public async Task<bool> RedeemCodeAsync(PortalUser user, string code, CancellationToken cancellationToken)
    {
        var codes = Codes(user);
        if (!codes.Contains(code))
        {
            return false;
        }

        await ReplaceCodesAsync(user, codes.Where(other => other != code), cancellationToken);
        return true;
    }

    public Task<int> CountCodesAsync(PortalUser user, CancellationToken cancellationToken) => Task.FromResult(Codes(user).Length);

    private string[] Codes(PortalUser user) =>
        secrets.Unprotect(user.Account.RecoveryCodes)?.Split(Separator, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
