namespace Lmtp.Server.Mime;

/// <summary>A message that is held in one piece of memory.</summary>
/// <param name="bytes">The message; it must not change while the source is in use.</param>
public sealed class MemoryMessageSource(ReadOnlyMemory<byte> bytes) : IMessageSource
{
    /// <inheritdoc/>
    public long Length => bytes.Length;

    /// <inheritdoc/>
    public ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (offset < 0 || offset + destination.Length > bytes.Length)
        {
            throw new EndOfStreamException("The range lies outside the message.");
        }

        bytes.Slice((int)offset, destination.Length).CopyTo(destination);
        return ValueTask.CompletedTask;
    }
}
