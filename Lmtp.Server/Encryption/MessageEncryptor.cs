using System.Security.Cryptography;
using Lmtp.Server.Encryption.OpenPgp;
using Lmtp.Server.Encryption.Smime;

namespace Lmtp.Server.Encryption;

/// <summary>
/// Encrypts whole messages for their reader, in the shape that WildDuck gives them. All randomness comes from a seed, so
/// that whoever repeats a delivery gets the same bytes.
/// </summary>
internal sealed class MessageEncryptor(TimeProvider time)
{
    /// <summary>The length of a seed, in bytes.</summary>
    public const int SeedSize = 32;

    /// <summary>Whether a Content-Type says that the message is encrypted already.</summary>
    /// <param name="contentType">The field's value, or null where the message has none.</param>
    public static bool IsEncrypted(string? contentType) => EncryptedContentType.Matches(contentType);

    /// <summary>
    /// Writes the encrypted message. Same message, key and seed give the same bytes; another message or key gives others
    /// throughout, also with the same seed.
    /// </summary>
    /// <param name="message">The message, from its first byte; it is read more than once, so it has to be seekable.</param>
    /// <param name="key">Whom to encrypt for.</param>
    /// <param name="seed">
    /// Random bytes that were made once for this delivery, <see cref="SeedSize"/> of them. Who has them can read the message.
    /// </param>
    /// <param name="output">Takes the encrypted message, with CRLF at the ends of its lines.</param>
    /// <param name="cancellationToken">Stops the work; what was written until then is of no use.</param>
    /// <exception cref="MessageEncryptionException">The key cannot be used; nothing was written.</exception>
    /// <exception cref="ArgumentException">The seed has another length, or the message cannot be read twice.</exception>
    public async Task EncryptAsync(
        Stream message,
        EncryptionKey key,
        ReadOnlyMemory<byte> seed,
        Stream output,
        CancellationToken cancellationToken)
    {
        if (seed.Length != SeedSize)
        {
            throw new ArgumentException($"A seed has {SeedSize} bytes.", nameof(seed));
        }

        if (!message.CanSeek)
        {
            throw new ArgumentException("The message has to be seekable.", nameof(message));
        }

        var envelope = Open(key);
        using var random = await SeedAsync(message, envelope, seed, cancellationToken);
        message.Position = 0;
        var outerFields = await OuterFields.ReadAsync(message, cancellationToken);
        message.Position = 0;
        await envelope.WriteAsync(message, outerFields, random, output, cancellationToken);
    }

    private IEnvelope Open(EncryptionKey key) => key.Kind switch
    {
        EncryptionKind.Smime => SmimeEnvelope.For(key),
        _ => OpenPgpEnvelope.For(key.Texts[0], time.GetUtcNow()),
    };

    // The message goes into the key of the sequence: a delivery that encrypts twice, say once to store and once to forward,
    // never uses the same bytes for two texts.
    private static async Task<SeededRandom> SeedAsync(
        Stream message, IEnvelope envelope, ReadOnlyMemory<byte> seed, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, seed.Span);
        hash.AppendData("Lmtp message encryption 1\0"u8);
        hash.AppendData(SHA256.HashData(envelope.Identity.Span));
        message.Position = 0;
        await foreach (var chunk in MessageChunks.ReadAsync(message, cancellationToken))
        {
            hash.AppendData(chunk.Span);
        }

        return new SeededRandom(hash.GetHashAndReset());
    }
}
