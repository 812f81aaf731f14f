namespace Lmtp.Server.Protocol.Configuration;

/// <summary>Whether clients show a certificate.</summary>
internal enum ClientCertificateRule
{
    /// <summary>They are not asked.</summary>
    None,

    /// <summary>They are asked; one that is shown must be good.</summary>
    Optional,

    /// <summary>Without a good one there is no connection.</summary>
    Required,
}
