namespace Lmtp.Server.Protocol.Configuration;

/// <summary>Whether clients authenticate as a service account.</summary>
internal enum AuthRule
{
    /// <summary>AUTH is not offered.</summary>
    None,

    /// <summary>AUTH is offered.</summary>
    Optional,

    /// <summary>AUTH is offered, and no mail is taken before.</summary>
    Required,
}
