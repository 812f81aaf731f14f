namespace Lmtp.Server.Api.Security;

/// <summary>The key that configuration gives, or that was generated.</summary>
internal sealed class MasterApiKey
{
    private KeyDigest? _digest;

    public void Set(string key) => _digest = new KeyDigest(key);

    public bool Matches(string key) => _digest?.Matches(key) == true;
}
