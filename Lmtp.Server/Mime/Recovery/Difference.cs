namespace Lmtp.Server.Mime.Recovery;

/// <summary>
/// The part in which a rebuilt message and the received one differ. Before and behind it they are the same, so that only
/// this part has to be held in memory, however large the message is.
/// </summary>
/// <param name="Start">Where the part begins, in both.</param>
/// <param name="RebuiltEnd">Where it ends in the rebuilt message.</param>
/// <param name="ReceivedEnd">Where it ends in the received one.</param>
/// <param name="RebuiltLength">How long the rebuilt message is.</param>
internal readonly record struct Difference(long Start, long RebuiltEnd, long ReceivedEnd, long RebuiltLength)
{
    /// <summary>How many bytes behind the part are the same.</summary>
    public long Tail => RebuiltLength - RebuiltEnd;

    /// <summary>Finds the part.</summary>
    /// <param name="copy">The copy as it is stored.</param>
    /// <param name="start">So many bytes are known to be the same at the beginning.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async ValueTask<Difference> FindAsync(MessageCopy copy, long start, CancellationToken cancellationToken)
    {
        var source = copy.Message.Source;
        var length = await MeasureAsync(copy, cancellationToken).ConfigureAwait(false);
        var comparer = new TailComparer(source, length);
        await RebuiltMessage.WriteAsync(copy, comparer.WriteAsync, comparer.WriteAttachmentAsync, cancellationToken).ConfigureAwait(false);
        var tail = Math.Min(length - Math.Max(comparer.DifferenceEnd, start), source.Length - start);
        return new Difference(start, length - tail, source.Length - tail, length);
    }

    /// <summary>The part as the stored copy gives it back.</summary>
    public async ValueTask<byte[]> ReadRebuiltAsync(MessageCopy copy, CancellationToken cancellationToken)
    {
        var (start, end) = (Start, RebuiltEnd);
        var part = new byte[end - start];
        var position = 0L;
        await RebuiltMessage.WriteAsync(copy, Take, TakeAttachment, cancellationToken).ConfigureAwait(false);
        return part;

        ValueTask Take(ReadOnlyMemory<byte> bytes, CancellationToken token)
        {
            var from = Math.Clamp(start - position, 0, bytes.Length);
            var to = Math.Clamp(end - position, from, bytes.Length);
            if (to > from)
            {
                bytes.Span[(int)from..(int)to].CopyTo(part.AsSpan((int)(position + from - start)));
            }

            position += bytes.Length;
            return ValueTask.CompletedTask;
        }

        ValueTask TakeAttachment(MimeNode node, MessageAttachment attachment, CancellationToken token)
        {
            var length = node.Body.RawLength;
            if (ReceivedComparer.IsKept(node, attachment) && (position + length <= start || position >= end))
            {
                position += length;
                return ValueTask.CompletedTask;
            }

            return RebuiltMessage.WriteAttachmentAsync(attachment, copy.Message.Source, Take, token);
        }
    }

    private static async ValueTask<long> MeasureAsync(MessageCopy copy, CancellationToken cancellationToken)
    {
        var length = 0L;
        await RebuiltMessage.WriteAsync(copy, Count, CountAttachment, cancellationToken).ConfigureAwait(false);
        return length;

        ValueTask Count(ReadOnlyMemory<byte> bytes, CancellationToken token)
        {
            length += bytes.Length;
            return ValueTask.CompletedTask;
        }

        ValueTask CountAttachment(MimeNode node, MessageAttachment attachment, CancellationToken token)
        {
            if (ReceivedComparer.IsKept(node, attachment))
            {
                length += node.Body.RawLength;
                return ValueTask.CompletedTask;
            }

            return RebuiltMessage.WriteAttachmentAsync(attachment, copy.Message.Source, Count, token);
        }
    }
}
