namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>KiB for a domain, counted for each recipient.</summary>
internal sealed class RecipientDomainKilobytes()
    : KilobyteLimit(LimitStep.Copy, LimitedParty.RecipientDomain, "KiB for a domain, counted for each recipient", "too many bytes for this domain");
