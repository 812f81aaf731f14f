using Microsoft.AspNetCore.Identity;

namespace Lmtp.Admin.Accounts;

/// <summary>Signs people in, and takes as long for names that nobody has as for wrong passwords.</summary>
internal sealed partial class SignInFlow(
    SignInManager<PortalUser> signIn, UserManager<PortalUser> users, TimeProvider time, ILogger<SignInFlow> logger)
{
    private const string NobodysHash =
        "AQAAAAIAAYagAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

    /// <summary>The first step: name and password.</summary>
    public async Task<SignInResult> WithPasswordAsync(string name, string password)
    {
        if (await users.FindByNameAsync(name) is not { Account.PasswordHash: not null } user)
        {
            users.PasswordHasher.VerifyHashedPassword(new PortalUser(name, default), NobodysHash, password);
            LogFailed();
            return SignInResult.Failed;
        }

        return await NoteAsync(user, await signIn.PasswordSignInAsync(user, password, isPersistent: false, lockoutOnFailure: true));
    }

    /// <summary>The second step: six digits of the authenticator app, or one of the codes for whoever lost it.</summary>
    public async Task<SignInResult> WithCodeAsync(string code)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user)
        {
            return SignInResult.Failed;
        }

        var digits = code.Replace(" ", string.Empty, StringComparison.Ordinal);
        var result = digits.Length == 6 && digits.All(char.IsAsciiDigit)
            ? await signIn.TwoFactorAuthenticatorSignInAsync(digits, isPersistent: false, rememberClient: false)
            : await WithRecoveryCodeAsync(user, code.Trim());
        return await NoteAsync(user, result);
    }

    /// <summary>Signs in the person of an account that was just made or renewed.</summary>
    public async Task AtOnceAsync(PortalUser user)
    {
        await signIn.SignInAsync(user, isPersistent: false);
        await NoteAsync(user, SignInResult.Success);
    }

    // Identity does not count wrong recovery codes against the account by itself.
    private async Task<SignInResult> WithRecoveryCodeAsync(PortalUser user, string code)
    {
        if (await users.IsLockedOutAsync(user))
        {
            return SignInResult.LockedOut;
        }

        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        if (!result.Succeeded)
        {
            await users.AccessFailedAsync(user);
        }

        return result;
    }

    private async Task<SignInResult> NoteAsync(PortalUser user, SignInResult result)
    {
        if (result.Succeeded)
        {
            // Read again: signing in has changed the account.
            if (await users.FindByIdAsync(user.Account.Id) is { } current)
            {
                current.Account = current.Account with { LastSignIn = time.GetUtcNow() };
                await users.UpdateAsync(current);
            }

            LogSignedIn(user.Account.Id);
        }
        else if (!result.RequiresTwoFactor)
        {
            LogFailed();
        }

        return result;
    }

    [LoggerMessage(1, LogLevel.Information, "Account {Account} has signed in to the portal")]
    private partial void LogSignedIn(string account);

    [LoggerMessage(2, LogLevel.Warning, "An attempt to sign in to the portal has failed")]
    private partial void LogFailed();
}
