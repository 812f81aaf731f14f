namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>KiB of an envelope sender, each message once.</summary>
internal sealed class SenderKilobytes()
    : KilobyteLimit(LimitStep.Content, LimitedParty.Sender, "KiB of an envelope sender, each message once", "too many bytes of this sender");
