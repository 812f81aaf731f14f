using System.Security.Cryptography;
using System.Text;

namespace Lmtp.Server.Api.Security;

/// <summary>
/// A key of which only the digest is kept, which also makes both sides of a comparison the same length.
/// </summary>
internal sealed class KeyDigest(string key)
{
    private readonly byte[] _digest = Of(key);

    /// <summary>Compares in a time that does not depend on where the keys differ.</summary>
    public bool Matches(string other) => CryptographicOperations.FixedTimeEquals(_digest, Of(other));

    private static byte[] Of(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
