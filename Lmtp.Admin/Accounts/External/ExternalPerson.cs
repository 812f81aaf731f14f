using System.Globalization;
using System.Security.Claims;
using Lmtp.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Lmtp.Admin.Accounts.External;

/// <summary>
/// Somebody whom another one vouches for. There is no account, so that a session of this kind cannot be revoked here: it
/// ends when it has lasted as long as sessions may, clicks or not.
/// </summary>
internal static class ExternalPerson
{
    private const string EndClaim = "lmtp:session-end";
    private const int MaxNameLength = 64;

    /// <summary>The person of the session, or null when no claim leads to a role.</summary>
    public static ClaimsPrincipal? From(ClaimsPrincipal vouched, ExternalSignInOptions options, DateTimeOffset end)
    {
        var name = vouched.FindFirstValue(options.NameClaim) ?? vouched.Identity?.Name;
        if (string.IsNullOrWhiteSpace(name) || RoleOf(vouched, options) is not { } role)
        {
            return null;
        }

        // The scheme in front keeps the name apart from accounts of the portal, in the audit log above all.
        var shown = $"{options.Scheme}:{(name.Length > MaxNameLength ? name[..MaxNameLength] : name)}";
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, shown),
                new Claim(ClaimTypes.Name, shown),
                new Claim(ClaimTypes.Role, role.ToString()),
                new Claim(EndClaim, end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ],
            IdentityConstants.ApplicationScheme);
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Whether it is such a person.</summary>
    public static bool Is(ClaimsPrincipal person) => person.HasClaim(static claim => claim.Type == EndClaim);

    /// <summary>Whether the session of such a person goes on.</summary>
    public static bool IsStillIn(ClaimsPrincipal person, DateTimeOffset now) =>
        long.TryParse(person.FindFirstValue(EndClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var end)
        && now.ToUnixTimeSeconds() < end;

    // Of several roles the strongest counts.
    private static PortalRole? RoleOf(ClaimsPrincipal vouched, ExternalSignInOptions options)
    {
        var values = vouched.FindAll(options.RoleClaim).Select(static claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        return options.Admin.Any(values.Contains) ? PortalRole.Admin
            : options.Support.Any(values.Contains) ? PortalRole.Support
            : options.ReadOnly.Any(values.Contains) ? PortalRole.ReadOnly
            : null;
    }
}
