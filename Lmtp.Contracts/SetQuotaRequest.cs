namespace Lmtp.Contracts;

/// <summary>How much a user may store.</summary>
public sealed record SetQuotaRequest
{
    /// <summary>Bytes; 0 takes the server's default.</summary>
    public required long Quota { get; init; }
}
