using System.Buffers;
using System.Text;

namespace Lmtp.Server.Mime.Recovery;

/// <summary>
/// What will come out when a stored copy is put together again: without the two lines that delivery put in front, and
/// without the line break that WildDuck adds at the end.
/// </summary>
internal static class RebuiltMessage
{
    private const int AddedFields = 2;
    private const int BufferSize = 48 * 1024;

    /// <summary>Takes the body of a node in attachment storage.</summary>
    public delegate ValueTask WriteAttachment(MimeNode node, MessageAttachment attachment, CancellationToken cancellationToken);

    /// <summary>Writes the message.</summary>
    /// <param name="copy">The copy as it is stored.</param>
    /// <param name="write">Takes everything but attachments.</param>
    /// <param name="writeAttachment">Takes attachments.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async ValueTask WriteAsync(
        MessageCopy copy,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write,
        WriteAttachment writeAttachment,
        CancellationToken cancellationToken)
    {
        var attachments = copy.Message.Attachments.ToDictionary(static attachment => attachment.Id);
        var writer = new RebuiltWriter(write);
        await WriteNodeAsync(copy.Message.Root, copy.Header.Skip(AddedFields)).ConfigureAwait(false);

        async ValueTask WriteNodeAsync(MimeNode node, IEnumerable<HeaderField> header)
        {
            await writer.HeaderAsync(header.Select(static field => field.Memory), cancellationToken).ConfigureAwait(false);
            var boundary = node.Boundary is { } name ? LowBytes(name) : null;
            if (node.AttachmentId is null)
            {
                writer.Body(node.Content);
            }
            else
            {
                await writer.BeginBodyAsync(cancellationToken).ConfigureAwait(false);
                await writeAttachment(node, attachments[node.AttachmentId], cancellationToken).ConfigureAwait(false);
            }

            if (boundary is not null)
            {
                await writer.PieceAsync(Delimiter(boundary, ""), cancellationToken).ConfigureAwait(false);
            }

            var isFirst = true;
            foreach (var part in node.Children)
            {
                if (!isFirst)
                {
                    await writer.PieceAsync(Delimiter(boundary!, ""), cancellationToken).ConfigureAwait(false);
                }

                isFirst = false;
                await WriteNodeAsync(part, part.Header).ConfigureAwait(false);
            }

            if (boundary is not null)
            {
                await writer.PieceAsync(Delimiter(boundary, "--\r\n"), cancellationToken).ConfigureAwait(false);
            }

            await writer.EndNodeAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes an attachment as its stored file gives it back.</summary>
    public static async ValueTask WriteAttachmentAsync(
        MessageAttachment attachment,
        IMessageSource source,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write,
        CancellationToken cancellationToken)
    {
        using var content = new AttachmentContent(attachment, source);
        var encoder = attachment.DecodedLineLength is { } lineLength ? new Base64LineEncoder(lineLength) : null;
        var encoded = new ArrayBufferWriter<byte>(encoder is null ? 1 : BufferSize * 2);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await content.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                if (encoder is null)
                {
                    await write(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                    continue;
                }

                encoder.Write(buffer.AsSpan(0, count), encoded);
                await write(encoded.WrittenMemory, cancellationToken).ConfigureAwait(false);
                encoded.ResetWrittenCount();
            }

            encoder?.Finish(encoded);
            await write(encoded.WrittenMemory, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A boundary as it is written: the low byte of each character.</summary>
    internal static byte[] LowBytes(string text)
    {
        var bytes = new byte[text.Length];
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)text[index];
        }

        return bytes;
    }

    /// <summary>A delimiter line.</summary>
    internal static byte[] Delimiter(byte[] boundary, string ending) => [.. "--"u8, .. boundary, .. Encoding.ASCII.GetBytes(ending)];
}
