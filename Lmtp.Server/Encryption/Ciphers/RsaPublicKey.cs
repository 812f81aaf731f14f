using System.Numerics;
using System.Security.Cryptography;

namespace Lmtp.Server.Encryption.Ciphers;

/// <summary>
/// Encrypts with RSA (RFC 8017) with padding from a given sequence of random bytes, which the platform's own RSA does not
/// let one choose.
/// </summary>
internal sealed class RsaPublicKey
{
    /// <summary>The longest public exponent, in bits.</summary>
    public const int MaximumExponentBits = 64;

    private readonly BigInteger _modulus;
    private readonly BigInteger _exponent;

    /// <summary>Takes both numbers with the highest byte first.</summary>
    public RsaPublicKey(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        _modulus = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        _exponent = new BigInteger(exponent, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>The length of the modulus, in bits.</summary>
    public int Bits => (int)_modulus.GetBitLength();

    /// <summary>Whether both numbers are odd and the exponent is from 3 to <see cref="MaximumExponentBits"/> bits.</summary>
    public bool IsSound =>
        !_modulus.IsEven && !_exponent.IsEven && _exponent >= 3 && _exponent.GetBitLength() <= MaximumExponentBits;

    private int Size => (Bits + 7) / 8;

    /// <summary>Encrypts with the padding of PKCS #1 v1.5 (RFC 8017 section 7.2.1).</summary>
    public byte[] EncryptPkcs1(ReadOnlySpan<byte> text, SeededRandom random)
    {
        var padded = new byte[Size];
        padded[1] = 2;
        random.FillNonZero(padded.AsSpan(2, Size - text.Length - 3));
        text.CopyTo(padded.AsSpan(Size - text.Length));
        return Encrypt(padded);
    }

    /// <summary>Encrypts with OAEP over SHA-256 and an empty label (RFC 8017 section 7.1.1).</summary>
    public byte[] EncryptOaep(ReadOnlySpan<byte> text, SeededRandom random)
    {
        const int hashSize = SHA256.HashSizeInBytes;
        var padded = new byte[Size];
        var seed = padded.AsSpan(1, hashSize);
        var block = padded.AsSpan(1 + hashSize);
        SHA256.HashData([], block);
        block[block.Length - text.Length - 1] = 1;
        text.CopyTo(block[(block.Length - text.Length)..]);
        random.Fill(seed);
        Mask(block, seed);
        Mask(seed, block);
        return Encrypt(padded);
    }

    // MGF1 (RFC 8017 appendix B.2.1), combined with what it masks.
    private static void Mask(Span<byte> target, ReadOnlySpan<byte> seed)
    {
        Span<byte> counter = stackalloc byte[sizeof(int)];
        Span<byte> mask = stackalloc byte[SHA256.HashSizeInBytes];
        for (var block = 0; block * mask.Length < target.Length; block++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(counter, block);
            SHA256.HashData([.. seed, .. counter], mask);
            var part = target[(block * mask.Length)..];
            for (var index = 0; index < Math.Min(mask.Length, part.Length); index++)
            {
                part[index] ^= mask[index];
            }
        }
    }

    private byte[] Encrypt(byte[] padded)
    {
        var number = BigInteger.ModPow(new BigInteger(padded, isUnsigned: true, isBigEndian: true), _exponent, _modulus);
        CryptographicOperations.ZeroMemory(padded);
        var encrypted = new byte[Size];
        number.TryWriteBytes(encrypted.AsSpan(Size - number.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return encrypted;
    }
}
