using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;

namespace Lmtp.Server.Api.Portal;

/// <summary>What a request about the portal's accounts may hold.</summary>
internal static class PortalRules
{
    private const int MaxNameLength = 128;
    private const int MaxSecretLength = 4096;
    private const int MaxHours = 168;

    public static FieldErrors Check(PortalAccount account)
    {
        var errors = new FieldErrors();
        errors.Text("name", account.Name, MaxNameLength);
        errors.Text("normalizedName", account.NormalizedName, MaxNameLength);
        if (string.IsNullOrWhiteSpace(account.NormalizedName))
        {
            errors.Add("normalizedName", "May not be empty.");
        }

        if (!Enum.IsDefined(account.Role))
        {
            errors.Add("role", "There is no such role.");
        }

        errors.Text("passwordHash", account.PasswordHash, MaxSecretLength);
        errors.Text("securityStamp", account.SecurityStamp, MaxNameLength);
        errors.Text("authenticatorKey", account.AuthenticatorKey, MaxSecretLength);
        errors.Text("recoveryCodes", account.RecoveryCodes, MaxSecretLength);
        errors.Range("accessFailedCount", account.AccessFailedCount, 0, int.MaxValue);
        errors.Range("version", account.Version, 0, long.MaxValue - 1);
        return errors;
    }

    public static FieldErrors Check(PortalLinkRequest request)
    {
        var errors = new FieldErrors();
        errors.Range("hours", request.Hours, 1, MaxHours);
        errors.Text("account", request.Account, MaxNameLength);
        if (request.Role is { } role && !Enum.IsDefined(role))
        {
            errors.Add("role", "There is no such role.");
        }

        return errors;
    }
}
