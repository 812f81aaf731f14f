using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Claims;

/// <summary>
/// What makes a delivery the same when it is tried again: SHA-256 over the envelope sender, the recipient as normalised
/// with its tag, and the digest of the message as received.
/// </summary>
internal static class DeliveryKey
{
    public static BsonBinaryData Of(string sender, string recipient, ReadOnlySpan<byte> messageDigest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, sender);
        Append(hash, recipient);
        hash.AppendData(messageDigest);
        return new BsonBinaryData(hash.GetHashAndReset());
    }

    // With its length in front, so that no two pairs of texts give the same bytes.
    private static void Append(IncrementalHash hash, string text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        var bytes = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
