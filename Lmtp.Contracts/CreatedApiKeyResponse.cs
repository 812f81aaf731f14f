namespace Lmtp.Contracts;

/// <summary>A new API key.</summary>
public sealed record CreatedApiKeyResponse : ApiKeyResponse
{
    /// <summary>The key for the header <c>x-api-key</c>. It is shown this once.</summary>
    public required string Key { get; init; }
}
