namespace Lmtp.Server.Protocol.Configuration;

/// <summary>An account that a mail server authenticates as. Mail users never do.</summary>
internal sealed class ServiceAccountOptions
{
    /// <summary>The account's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>
    /// The password, or better its SCRAM verifier: <c>SCRAM-SHA-256$iterations:salt$storedKey:serverKey</c> with the
    /// last three in base64. Empty for an account that has only a certificate.
    /// </summary>
    public string Password { get; set; } = "";

    /// <summary>Subject, common name or DNS name of the client certificate that stands for this account (EXTERNAL).</summary>
    public string CertificateSubject { get; set; } = "";
}
