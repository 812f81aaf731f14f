namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>Messages for a domain.</summary>
internal sealed class RecipientDomainMessages()
    : RateLimit(LimitStep.Recipient, LimitedParty.RecipientDomain, LimitUnit.Messages, "Messages for a domain", "too many messages for this domain");
