namespace Lmtp.Server.Protocol;

/// <summary>The certificate that a listener shows.</summary>
/// <param name="Subject">Whom it names.</param>
/// <param name="Issuer">Who signed it.</param>
/// <param name="Names">The DNS names that it is for.</param>
/// <param name="ValidFrom">When it begins to be valid.</param>
/// <param name="ValidTo">When it ends.</param>
public sealed record LmtpCertificateState(
    string Subject, string Issuer, IReadOnlyList<string> Names, DateTimeOffset ValidFrom, DateTimeOffset ValidTo);
