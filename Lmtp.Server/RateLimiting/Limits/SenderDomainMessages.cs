namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>Messages of a sender's domain.</summary>
internal sealed class SenderDomainMessages()
    : RateLimit(LimitStep.Message, LimitedParty.SenderDomain, LimitUnit.Messages, "Messages of a sender's domain", "too many messages of this sender's domain");
