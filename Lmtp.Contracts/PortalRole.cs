namespace Lmtp.Contracts;

/// <summary>What a person may do in the portal.</summary>
public enum PortalRole
{
    /// <summary>Look at everything, change nothing.</summary>
    ReadOnly,

    /// <summary>Look after users: addresses, filters, quotas, mail.</summary>
    Support,

    /// <summary>Everything, accounts and API keys included.</summary>
    Admin,
}
