namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>Messages of an envelope sender.</summary>
internal sealed class SenderMessages()
    : RateLimit(LimitStep.Message, LimitedParty.Sender, LimitUnit.Messages, "Messages of an envelope sender", "too many messages of this sender");
