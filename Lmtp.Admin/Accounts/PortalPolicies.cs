using Lmtp.Contracts;
using Microsoft.AspNetCore.Authorization;

namespace Lmtp.Admin.Accounts;

/// <summary>
/// Who sees which pages and buttons. The server holds to the same roles by itself; here they keep from people what would
/// be refused to them.
/// </summary>
internal static class PortalPolicies
{
    /// <summary>May change users and their mail.</summary>
    public const string Change = "change";

    /// <summary>May let others in, make API keys and use the LMTP tools.</summary>
    public const string Administer = "administer";

    public static void AddPolicies(this AuthorizationBuilder authorization) => authorization
        .AddPolicy(Change, static policy => policy.RequireRole(nameof(PortalRole.Support), nameof(PortalRole.Admin)))
        .AddPolicy(Administer, static policy => policy.RequireRole(nameof(PortalRole.Admin)))
        .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
}
