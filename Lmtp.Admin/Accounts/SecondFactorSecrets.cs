using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Lmtp.Admin.Accounts;

/// <summary>
/// Encrypts what a second factor rests on before it leaves the portal, so that the server's database alone signs nobody in.
/// </summary>
internal sealed class SecondFactorSecrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Lmtp.Admin.SecondFactor.v1");

    public string? Protect(string? secret) => secret is null ? null : _protector.Protect(secret);

    /// <summary>The secret; null when there is none, or when the keys that it was encrypted with are lost.</summary>
    public string? Unprotect(string? secret)
    {
        try
        {
            return secret is null ? null : _protector.Unprotect(secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
