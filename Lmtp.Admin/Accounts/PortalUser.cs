using Lmtp.Contracts;

namespace Lmtp.Admin.Accounts;

/// <summary>An account as ASP.NET Core Identity handles it: the server's record, changed step by step.</summary>
internal sealed class PortalUser(PortalAccount account)
{
    /// <summary>An account that the server does not know yet.</summary>
    public PortalUser(string name, PortalRole role)
        : this(new PortalAccount { Name = name, NormalizedName = string.Empty, Role = role })
    {
    }

    public PortalAccount Account { get; set; } = account;
}
