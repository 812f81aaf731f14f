namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>Recipients of an envelope sender.</summary>
internal sealed class SenderRecipients()
    : RateLimit(LimitStep.Recipient, LimitedParty.Sender, LimitUnit.Recipients, "Recipients of an envelope sender", "too many recipients of this sender");
