namespace Lmtp.Server.Mime.Recovery;

/// <summary>
/// Compares what would be rebuilt with what was received, both laid so that they end together, and keeps in mind where
/// the last difference is.
/// </summary>
/// <param name="source">The received bytes.</param>
/// <param name="rebuiltLength">How long the rebuilt message is.</param>
internal sealed class TailComparer(IMessageSource source, long rebuiltLength)
{
    private const int WindowLength = 16 * 1024;

    private readonly byte[] _window = new byte[WindowLength];
    private long _position;

    /// <summary>The place behind the last difference, counted in the rebuilt message.</summary>
    public long DifferenceEnd { get; private set; }

    private long Shift => source.Length - rebuiltLength;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            var place = _position + Shift;
            var count = (int)Math.Min(place < 0 ? -place : WindowLength, bytes.Length);
            if (place < 0)
            {
                DifferenceEnd = _position + count;
            }
            else
            {
                await source.ReadAsync(place, _window.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                NoteDifference(bytes.Span[..count]);
            }

            _position += count;
            bytes = bytes[count..];
        }
    }

    public ValueTask WriteAttachmentAsync(MimeNode node, MessageAttachment attachment, CancellationToken cancellationToken)
    {
        if (ReceivedComparer.IsKept(node, attachment) && node.Body.First.Start == _position + Shift)
        {
            _position += node.Body.RawLength;
            return ValueTask.CompletedTask;
        }

        return RebuiltMessage.WriteAttachmentAsync(attachment, source, WriteAsync, cancellationToken);
    }

    private void NoteDifference(ReadOnlySpan<byte> rebuilt)
    {
        var received = _window.AsSpan(0, rebuilt.Length);
        if (received.SequenceEqual(rebuilt))
        {
            return;
        }

        var last = rebuilt.Length - 1;
        while (received[last] == rebuilt[last])
        {
            last--;
        }

        DifferenceEnd = _position + last + 1;
    }
}
