using System.Security.Cryptography;
using System.Text;
using Lmtp.Contracts;

namespace Lmtp.Server.Api.Conditions;

/// <summary>
/// Answers that are kept for a repetition, such that only who asked can read them: some hold a secret that is shown once,
/// and nothing in the database may tell it. The key is made from the caller's API key and Idempotency-Key.
/// </summary>
internal sealed class SealedAnswer : IDisposable
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _cipher;

    /// <summary>Makes the key for one request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">Stands for the caller and the Idempotency-Key.</param>
    public SealedAnswer(HttpRequest request, byte[] id)
    {
        var secret = $"{request.Headers[LmtpApiHeaders.ApiKey]}\n{request.Headers[LmtpApiHeaders.IdempotencyKey]}";
        _cipher = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, id), TagBytes);
    }

    /// <summary>The text as it is kept: nonce, tag, cipher text.</summary>
    public byte[] Seal(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var kept = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(kept.AsSpan(0, NonceBytes));
        _cipher.Encrypt(
            kept.AsSpan(0, NonceBytes), plain, kept.AsSpan(NonceBytes + TagBytes), kept.AsSpan(NonceBytes, TagBytes));
        return kept;
    }

    /// <summary>The text; null where another API key sealed it.</summary>
    public string? Open(byte[] kept)
    {
        if (kept.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var plain = new byte[kept.Length - NonceBytes - TagBytes];
        try
        {
            _cipher.Decrypt(
                kept.AsSpan(0, NonceBytes), kept.AsSpan(NonceBytes + TagBytes), kept.AsSpan(NonceBytes, TagBytes), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(plain);
    }

    public void Dispose() => _cipher.Dispose();
}
