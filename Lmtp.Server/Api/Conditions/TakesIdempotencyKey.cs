namespace Lmtp.Server.Api.Conditions;

/// <summary>Marks an endpoint that makes something once under each Idempotency-Key.</summary>
internal sealed class TakesIdempotencyKey;
