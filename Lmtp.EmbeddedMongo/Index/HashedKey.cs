using System.Security.Cryptography;
using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// What a hashed field keeps of a value: eight bytes, whatever its size. Values that compare equal have the same hash; that
/// two others share one only costs a look at the document.
/// </summary>
internal static class HashedKey
{
    private const int Size = 8;

    /// <summary>Appends the hash of a value to a key.</summary>
    public static void Append(ByteBuffer key, BsonValueSlice value)
    {
        ByteBuffer encoded = new();
        KeyEncoder.Append(encoded, value);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(encoded.Span, hash);
        key.Append(hash[..Size]);
    }
}
