namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>Recipients of a sender's domain.</summary>
internal sealed class SenderDomainRecipients()
    : RateLimit(LimitStep.Recipient, LimitedParty.SenderDomain, LimitUnit.Recipients, "Recipients of a sender's domain", "too many recipients of this sender's domain");
