using System.Security.Cryptography;

namespace Lmtp.Server.Encryption.Ciphers;

/// <summary>Encrypts a text that comes in pieces with AES, and passes the result on in pieces.</summary>
internal sealed class MessageCipher : IDisposable
{
    private const int BlockBits = 128;
    private const int BufferSize = 16 * 1024;

    private readonly Aes _aes;
    private readonly ICryptoTransform _transform;
    private readonly Action<ReadOnlySpan<byte>> _sink;
    private readonly byte[] _plain = new byte[BufferSize];
    private readonly byte[] _encrypted = new byte[BufferSize];
    private readonly bool _isPadded;
    private int _count;

    private MessageCipher(Aes aes, Action<ReadOnlySpan<byte>> sink, bool isPadded)
    {
        _aes = aes;
        _transform = aes.CreateEncryptor();
        _sink = sink;
        _isPadded = isPadded;
    }

    /// <summary>Cipher feedback without padding, as OpenPGP has it: the result is as long as the text.</summary>
    public static MessageCipher Feedback(byte[] key, Action<ReadOnlySpan<byte>> sink)
    {
        var aes = Aes.Create();
        (aes.Key, aes.IV) = (key, new byte[BlockBits / 8]);
        (aes.Mode, aes.FeedbackSize, aes.Padding) = (CipherMode.CFB, BlockBits, PaddingMode.Zeros);
        return new MessageCipher(aes, sink, isPadded: false);
    }

    /// <summary>Block chaining with the padding of PKCS #7, as CMS has it.</summary>
    public static MessageCipher Chaining(byte[] key, byte[] iv, Action<ReadOnlySpan<byte>> sink)
    {
        var aes = Aes.Create();
        (aes.Key, aes.IV) = (key, iv);
        (aes.Mode, aes.Padding) = (CipherMode.CBC, PaddingMode.PKCS7);
        return new MessageCipher(aes, sink, isPadded: true);
    }

    /// <summary>The length that a text of a length has after <see cref="Chaining"/>.</summary>
    public static long ChainedLength(long length) => ((length / (BlockBits / 8)) + 1) * (BlockBits / 8);

    /// <summary>Encrypts the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, BufferSize - _count);
            bytes[..count].CopyTo(_plain.AsSpan(_count));
            _count += count;
            bytes = bytes[count..];
            if (_count == BufferSize)
            {
                var written = _transform.TransformBlock(_plain, 0, BufferSize, _encrypted, 0);
                _sink(_encrypted.AsSpan(0, written));
                _count = 0;
            }
        }
    }

    /// <summary>Encrypts what is left.</summary>
    public void Complete()
    {
        var last = _transform.TransformFinalBlock(_plain, 0, _count);
        _sink(_isPadded ? last : last.AsSpan(0, _count));
        _count = 0;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_plain);
        _transform.Dispose();
        _aes.Dispose();
    }
}
