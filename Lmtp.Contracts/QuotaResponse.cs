namespace Lmtp.Contracts;

/// <summary>How much a user stores, and may store.</summary>
/// <param name="Used">Bytes of mail that the user keeps.</param>
/// <param name="Quota">The user's own quota in bytes; 0 where the server's default holds.</param>
/// <param name="EffectiveQuota">The quota in force in bytes.</param>
public sealed record QuotaResponse(long Used, long Quota, long EffectiveQuota);
