using System.Buffers.Binary;
using System.Security.Cryptography;
using Lmtp.Server.Encryption.Ciphers;

namespace Lmtp.Server.Encryption.OpenPgp;

/// <summary>
/// Writes a message as packets: the session key, then the literal message with its hash, encrypted (RFC 4880 section 5.13).
/// The lengths are known beforehand, so that nothing needs to be held.
/// </summary>
internal sealed class ProtectedMessage(Action<ReadOnlySpan<byte>> sink)
{
    private const byte Aes128 = 7;
    private const byte Aes256 = 9;
    private const int BlockSize = 16;
    private const byte ProtectedDataVersion = 1;

    /// <summary>Writes the packet of the session key; nothing is written where the key turns out useless.</summary>
    /// <returns>The session key.</returns>
    public byte[] WriteSessionKey(PublicKeyPacket key, bool usesAes256, SeededRandom random)
    {
        var sessionKey = random.Next(usesAes256 ? 32 : 16);
        var packet = SessionKeyPacket.Encode(key, usesAes256 ? Aes256 : Aes128, sessionKey, random);
        sink([.. Header(PacketTag.EncryptedSessionKey, packet.Length), .. packet]);
        return sessionKey;
    }

    /// <summary>Writes the encrypted message.</summary>
    /// <param name="message">The message at its first byte.</param>
    /// <param name="sessionKey">The key.</param>
    /// <param name="random">For the bytes before the message.</param>
    /// <param name="flush">Called after each piece.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task WriteAsync(
        Stream message,
        byte[] sessionKey,
        SeededRandom random,
        Func<CancellationToken, ValueTask> flush,
        CancellationToken cancellationToken)
    {
        var prefix = Prefix(random);
        var literal = LiteralHeader(message.Length);
        byte[] hashHeader = [0xC0 | (byte)PacketTag.ModificationDetectionCode, SHA1.HashSizeInBytes];
        var length = 1 + prefix.Length + literal.Length + message.Length + hashHeader.Length + SHA1.HashSizeInBytes;
        sink([.. Header(PacketTag.ProtectedData, length), ProtectedDataVersion]);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var cipher = MessageCipher.Feedback(sessionKey, sink);
        Append([.. prefix, .. literal]);
        await foreach (var chunk in MessageChunks.ReadAsync(message, cancellationToken))
        {
            Append(chunk.Span);
            await flush(cancellationToken);
        }

        Append(hashHeader);
        cipher.Append(hash.GetHashAndReset());
        cipher.Complete();

        void Append(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            cipher.Append(bytes);
        }
    }

    // A block of random bytes whose last two are repeated (RFC 4880 section 5.13).
    private static byte[] Prefix(SeededRandom random)
    {
        var block = random.Next(BlockSize);
        return [.. block, .. block[^2..]];
    }

    // Binary, without a name, and without a date: a date would give other bytes when a delivery is repeated.
    private static byte[] LiteralHeader(long length)
    {
        byte[] header = [(byte)'b', 0, 0, 0, 0, 0];
        return [.. Header(PacketTag.LiteralData, header.Length + length), .. header];
    }

    private static byte[] Header(PacketTag tag, long length)
    {
        var first = (byte)(0xC0 | (int)tag);
        switch (length)
        {
            case < 192:
                return [first, (byte)length];
            case < 8384:
                return [first, (byte)(((length - 192) >> 8) + 192), (byte)(length - 192)];
            default:
                var header = new byte[6];
                (header[0], header[1]) = (first, 0xFF);
                BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(2), checked((uint)length));
                return header;
        }
    }
}
