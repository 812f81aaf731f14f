using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Lmtp.Server.Encryption.Ciphers;

/// <summary>Encrypts a session key under another key (RFC 3394 section 2.2.1).</summary>
internal static class AesKeyWrap
{
    private const int HalfBlock = 8;
    private const int Rounds = 6;
    private const byte InitialValue = 0xA6;

    /// <summary>Wraps a key of 16 bytes or more, a multiple of eight; the result is eight bytes longer.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> wrappingKey, ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.SetKey(wrappingKey);
        var result = new byte[key.Length + HalfBlock];
        result.AsSpan(0, HalfBlock).Fill(InitialValue);
        key.CopyTo(result.AsSpan(HalfBlock));

        Span<byte> block = stackalloc byte[HalfBlock * 2];
        var count = key.Length / HalfBlock;
        for (var step = 0; step < Rounds * count; step++)
        {
            var part = result.AsSpan(((step % count) + 1) * HalfBlock, HalfBlock);
            result.AsSpan(0, HalfBlock).CopyTo(block);
            part.CopyTo(block[HalfBlock..]);
            aes.EncryptEcb(block, block, PaddingMode.None);
            var counted = BinaryPrimitives.ReadUInt64BigEndian(block) ^ (ulong)(step + 1);
            BinaryPrimitives.WriteUInt64BigEndian(result, counted);
            block[HalfBlock..].CopyTo(part);
        }

        return result;
    }
}
