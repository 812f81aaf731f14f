namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>KiB of a sender's domain, each message once.</summary>
internal sealed class SenderDomainKilobytes()
    : KilobyteLimit(LimitStep.Content, LimitedParty.SenderDomain, "KiB of a sender's domain, each message once", "too many bytes of this sender's domain");
