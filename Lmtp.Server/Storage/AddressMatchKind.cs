namespace Lmtp.Server.Storage;

/// <summary>The steps of the address look-up, in their order.</summary>
public enum AddressMatchKind
{
    /// <summary>The address itself, its tag and dots left out.</summary>
    Exact,

    /// <summary>The same local part in the domain that the domain is an alias of.</summary>
    DomainAlias,

    /// <summary>A stored address with a wildcard.</summary>
    Wildcard,

    /// <summary>A user who takes this local part in any domain.</summary>
    CatchAll,
}
