using Lmtp.Contracts;

namespace Lmtp.Admin.Accounts;

/// <summary>The roles in words.</summary>
internal static class RoleText
{
    public static string Name(PortalRole role) => role switch
    {
        PortalRole.Admin => Resources.Texts.RoleAdmin,
        PortalRole.Support => Resources.Texts.RoleSupport,
        _ => Resources.Texts.RoleReadOnly,
    };

    public static string Hint(PortalRole role) => role switch
    {
        PortalRole.Admin => Resources.Texts.RoleAdminHint,
        PortalRole.Support => Resources.Texts.RoleSupportHint,
        _ => Resources.Texts.RoleReadOnlyHint,
    };
}
