using System.Buffers;

namespace Lmtp.Server.Mime.Recovery;

/// <summary>Finds out whether a stored copy gives back what was received, and makes up for it where it does not.</summary>
public static class MessageRecovery
{
    /// <summary>
    /// The patch that has to be stored with a copy; null when the copy gives back the received bytes by itself.
    /// </summary>
    public static async ValueTask<byte[]?> CreatePatchAsync(MessageCopy copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        var source = copy.Message.Source;
        var comparer = new ReceivedComparer(source);
        await RebuiltMessage.WriteAsync(copy, comparer.WriteAsync, comparer.WriteAttachmentAsync, cancellationToken).ConfigureAwait(false);
        if (comparer.IsEqual)
        {
            return null;
        }

        var rebuilt = new ArrayBufferWriter<byte>();
        await RebuiltMessage.WriteAsync(copy, Append, AppendAttachment, cancellationToken).ConfigureAwait(false);
        var received = new byte[source.Length];
        await source.ReadAsync(0, received, cancellationToken).ConfigureAwait(false);
        return RecoveryPatch.Create(rebuilt.WrittenSpan, received);

        ValueTask Append(ReadOnlyMemory<byte> bytes, CancellationToken token)
        {
            rebuilt.Write(bytes.Span);
            return ValueTask.CompletedTask;
        }

        ValueTask AppendAttachment(MimeNode node, MessageAttachment attachment, CancellationToken token) =>
            RebuiltMessage.WriteAttachmentAsync(attachment, source, Append, token);
    }
}
