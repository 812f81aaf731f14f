using Lmtp.Admin.Resources;
using Lmtp.Contracts;

namespace Lmtp.Admin.Accounts;

/// <summary>The roles in words.</summary>
internal static class RoleText
{
    public static string Name(PortalRole role) => role switch
    {
        PortalRole.Admin => Texts.RoleAdmin,
        PortalRole.Support => Texts.RoleSupport,
        _ => Texts.RoleReadOnly,
    };

    public static string Hint(PortalRole role) => role switch
    {
        PortalRole.Admin => Texts.RoleAdminHint,
        PortalRole.Support => Texts.RoleSupportHint,
        _ => Texts.RoleReadOnlyHint,
    };
}
