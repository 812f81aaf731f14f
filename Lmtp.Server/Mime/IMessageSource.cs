namespace Lmtp.Server.Mime;

/// <summary>
/// The bytes of one received message, readable at any offset. A spool in memory answers synchronously; one on disk
/// may take its time.
/// </summary>
public interface IMessageSource
{
    /// <summary>The number of bytes.</summary>
    long Length { get; }

    /// <summary>
    /// Fills <paramref name="destination"/> with the bytes from <paramref name="offset"/> on.
    /// </summary>
    /// <exception cref="EndOfStreamException">The range reaches beyond <see cref="Length"/>.</exception>
    ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken);
}
