using System.Security.Cryptography;
using System.Text;

namespace Lmtp.Server.Api.Security;

/// <summary>
/// The key that configuration gives, or that was generated. Only its digest is kept, which also makes both sides of
/// the comparison the same length.
/// </summary>
internal sealed class MasterApiKey
{
    private byte[]? _digest;

    public void Set(string key) => _digest = Digest(key);

    /// <summary>Compares in a time that does not depend on where the keys differ.</summary>
    public bool Matches(string key) => _digest is { } digest && CryptographicOperations.FixedTimeEquals(digest, Digest(key));

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
