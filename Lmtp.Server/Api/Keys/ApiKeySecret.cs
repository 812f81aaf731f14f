using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Keys;

/// <summary>The form of a key: <c>lmtp_</c>, its id, <c>_</c>, and 32 random bytes as URL-safe base64.</summary>
internal static class ApiKeySecret
{
    private const string Prefix = "lmtp_";
    private const int IdLength = 24;
    private const int SecretBytes = 32;
    private const int Length = 5 + IdLength + 1 + 43;

    /// <summary>Makes a key for an id.</summary>
    public static (string Key, byte[] Digest) Create(ObjectId id)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return ($"{Prefix}{id}_{secret}", Digest(secret));
    }

    /// <summary>The id within a key; null for a text that has not the form of one.</summary>
    public static ObjectId? IdOf(string key) =>
        key.Length == Length
        && key.StartsWith(Prefix, StringComparison.Ordinal)
        && key[Prefix.Length + IdLength] == '_'
        && ObjectId.TryParse(key.Substring(Prefix.Length, IdLength), out var id)
            ? id
            : null;

    /// <summary>Compares in a time that does not depend on where the secrets differ.</summary>
    public static bool Matches(string key, byte[] digest) =>
        CryptographicOperations.FixedTimeEquals(Digest(key[(Prefix.Length + IdLength + 1)..]), digest);

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));
}
