using System.Buffers;
using System.Text;

using Lmtp.Server.Mime.Recovery;

using MongoDB.Bson;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>Puts a stored message together again, byte for byte as WildDuck's own servers do.</summary>
/// <param name="attachments">Where the attachments are.</param>
public sealed class MessageRebuilder(IStoredAttachments attachments)
{
    private const int BufferSize = 48 * 1024;

    /// <summary>Writes the message as POP3 and WildDuck's API send it.</summary>
    /// <param name="mimeTree">The <c>mimeTree</c> of a message document.</param>
    /// <param name="output">Receives the bytes.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task RebuildAsync(BsonDocument mimeTree, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mimeTree);
        ArgumentNullException.ThrowIfNull(output);
        await WriteTreeAsync(mimeTree, skippedFields: 0, output, cancellationToken).ConfigureAwait(false);
        if (mimeTree["lineCount"].ToInt64() > 1)
        {
            await output.WriteAsync("\r\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the tree alone, without the line break that WildDuck adds at the end.</summary>
    internal async Task WriteTreeAsync(BsonDocument mimeTree, int skippedFields, Stream output, CancellationToken cancellationToken)
    {
        var writer = new RebuiltWriter((bytes, token) => output.WriteAsync(bytes, token));
        var map = mimeTree.GetValue("attachmentMap", new BsonDocument()).AsBsonDocument;
        await WriteNodeAsync(mimeTree, skippedFields).ConfigureAwait(false);

        async Task WriteNodeAsync(BsonDocument node, int skipped)
        {
            await writer.HeaderAsync(Header(node).Skip(skipped), cancellationToken).ConfigureAwait(false);
            var boundary = node["boundary"] is BsonString name && name.Value.Length > 0 ? RebuiltMessage.LowBytes(name.Value) : null;
            if (node["body"] is BsonBinaryData body)
            {
                writer.Body(body.Bytes);
            }

            if (boundary is not null)
            {
                await writer.PieceAsync(RebuiltMessage.Delimiter(boundary, ""), cancellationToken).ConfigureAwait(false);
            }
            else if (node.TryGetValue("attachmentId", out var attachmentId))
            {
                await writer.BeginBodyAsync(cancellationToken).ConfigureAwait(false);
                await WriteAttachmentAsync(map.GetValue(attachmentId.AsString, BsonNull.Value), output, cancellationToken).ConfigureAwait(false);
            }

            var children = node.GetValue("childNodes", new BsonArray()).AsBsonArray;
            for (var index = 0; index < children.Count; index++)
            {
                if (index > 0)
                {
                    await writer.PieceAsync(RebuiltMessage.Delimiter(boundary ?? [], ""), cancellationToken).ConfigureAwait(false);
                }

                await WriteNodeAsync(children[index].AsBsonDocument, 0).ConfigureAwait(false);
            }

            if (boundary is not null)
            {
                await writer.PieceAsync(RebuiltMessage.Delimiter(boundary, "--\r\n"), cancellationToken).ConfigureAwait(false);
            }

            await writer.EndNodeAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Header(BsonDocument node) =>
        node["header"].AsBsonArray.Select(static line => (ReadOnlyMemory<byte>)Encoding.Latin1.GetBytes(line.AsString));

    private async Task WriteAttachmentAsync(BsonValue id, Stream output, CancellationToken cancellationToken)
    {
        var attachment = id is BsonBinaryData fileId
            ? await attachments.OpenAsync(fileId, cancellationToken).ConfigureAwait(false)
            : null;
        if (attachment is null)
        {
            // WildDuck too sends the rest of a message of which an attachment is missing.
            return;
        }

        await using var content = attachment.Content.ConfigureAwait(false);
        var metadata = attachment.File["metadata"].AsBsonDocument;
        if (!metadata.GetValue("decoded", false).ToBoolean() || metadata.GetValue("lineLen", 0).ToInt32() is not (> 0 and var lineLength))
        {
            await attachment.Content.CopyToAsync(output, cancellationToken).ConfigureAwait(false);
            return;
        }

        var encoder = new Base64LineEncoder(lineLength);
        var encoded = new ArrayBufferWriter<byte>(BufferSize * 2);
        var buffer = new byte[BufferSize];
        while (await attachment.Content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            encoder.Write(buffer.AsSpan(0, count), encoded);
            await output.WriteAsync(encoded.WrittenMemory, cancellationToken).ConfigureAwait(false);
            encoded.ResetWrittenCount();
        }

        encoder.Finish(encoded);
        await output.WriteAsync(encoded.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }
}
