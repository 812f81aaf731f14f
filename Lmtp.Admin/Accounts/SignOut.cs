using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Lmtp.Admin.Accounts;

/// <summary>Ends a session. The form field makes the framework ask for the antiforgery token.</summary>
internal static class SignOut
{
    public const string Path = "/sign-out";

    public static void MapSignOut(this WebApplication app) => app.MapPost(Path, SignOutAsync);

    private static async Task<IResult> SignOutAsync([FromForm] string? returnUrl, SignInManager<PortalUser> signIn)
    {
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect(LocalAddress.OrStart(returnUrl));
    }
}
