namespace Lmtp.Server.Encryption;

/// <summary>One way of encrypting for one reader, with keys that were read and found good.</summary>
internal interface IEnvelope
{
    /// <summary>Tells this reader and these algorithms from all others.</summary>
    ReadOnlyMemory<byte> Identity { get; }

    /// <summary>Encrypts the message after what is to stand before it.</summary>
    /// <param name="message">The message at its first byte, with its length known.</param>
    /// <param name="outerFields">Header lines that stay readable, each with its line end.</param>
    /// <param name="random">Where all randomness comes from.</param>
    /// <param name="output">Takes the encrypted message.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="MessageEncryptionException">The key turned out useless; nothing was written.</exception>
    Task WriteAsync(
        Stream message,
        ReadOnlyMemory<byte> outerFields,
        SeededRandom random,
        Stream output,
        CancellationToken cancellationToken);
}
