namespace Lmtp.Server.Api.Audit;

/// <summary>Marks an endpoint that only looks although its method is that of a change.</summary>
internal sealed class NotAudited;
