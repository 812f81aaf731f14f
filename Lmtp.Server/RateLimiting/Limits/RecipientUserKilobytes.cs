namespace Lmtp.Server.RateLimiting.Limits;

/// <summary>KiB for a user.</summary>
internal sealed class RecipientUserKilobytes()
    : KilobyteLimit(LimitStep.Copy, LimitedParty.RecipientUser, "KiB for a user", "too many bytes for this recipient");
