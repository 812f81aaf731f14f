using System.Text;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// Writes a stored message as the bytes that it was received as, from its MIME tree and its attachments. MIME
/// specification sections 5.2 and 5.3.
/// </summary>
public sealed class RawMessageReader(MailDatabase database)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> _filter = Builders<BsonDocument>.Filter;

    private readonly AttachmentReader _attachments = new(database);

    /// <summary>The tree of a message of a user, to be written by <see cref="WriteAsync"/>; null when there is none.</summary>
    /// <param name="user">The owner.</param>
    /// <param name="id">The message.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<BsonDocument?> FindAsync(ObjectId user, ObjectId id, CancellationToken cancellationToken) =>
        await database.Messages
            .Find(_filter.Eq("_id", id) & _filter.Eq("user", user))
            .Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("mimeTree").Include("size"))
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Writes the message.</summary>
    /// <param name="message">What <see cref="FindAsync"/> found.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task WriteAsync(BsonDocument message, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);

        // Rebuilding adds a line end to most messages; what they are counted as is what was received.
        var root = message.DocumentOrNull("mimeTree") ?? [];
        var added = AddedLines(root);
        var writer = new PieceWriter(output, message.Number("size") - added.Sum(static line => line.Length + 2));
        root["header"] = new BsonArray(root.Strings("header").Skip(added.Count));
        await WriteNodeAsync(writer, root, root.DocumentOrNull("attachmentMap") ?? [], cancellationToken);
        if (root.Number("lineCount") > 1)
        {
            await writer.WriteAsync("\r\n"u8.ToArray(), cancellationToken);
        }
    }

    private async Task WriteNodeAsync(PieceWriter writer, BsonDocument node, BsonDocument map, CancellationToken cancellationToken)
    {
        await writer.EmitAsync(Latin1(string.Join("\r\n", node.Strings("header")) + "\r\n"), cancellationToken);
        writer.Pending = (node.GetValue("body", BsonNull.Value) as BsonBinaryData)?.Bytes;
        var boundary = node.StringOrNull("boundary");
        if (boundary is not null)
        {
            await writer.EmitAsync(Latin1($"--{boundary}"), cancellationToken);
        }

        if (node.StringOrNull("attachmentId") is { } attachment && map.GetValue(attachment, BsonNull.Value) is BsonBinaryData file)
        {
            await writer.WriteAsync("\r\n"u8.ToArray(), cancellationToken);
            await foreach (var bytes in _attachments.ReadEncodedAsync(file, cancellationToken))
            {
                await writer.WriteAsync(bytes, cancellationToken);
            }
        }

        var children = node.GetValue("childNodes", BsonNull.Value) as BsonArray ?? [];
        for (var i = 0; i < children.Count; i++)
        {
            if (i > 0)
            {
                await writer.EmitAsync(Latin1($"--{boundary}"), cancellationToken);
            }

            await WriteNodeAsync(writer, children[i].AsBsonDocument, map, cancellationToken);
        }

        if (boundary is not null)
        {
            await writer.EmitAsync(Latin1($"--{boundary}--\r\n"), cancellationToken);
        }

        await writer.EmitAsync(null, cancellationToken);
    }

    /// <summary>The lines that delivery put in front.</summary>
    private static List<string> AddedLines(BsonDocument root) =>
        [.. root.Strings("header").Take(2).TakeWhile(static line =>
            line.StartsWith("Delivered-To:", StringComparison.Ordinal) || line.StartsWith("Return-Path:", StringComparison.Ordinal))];

    // Each character of a stored header line stands for one byte.
    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>Puts a line end between the pieces, and stops at the size of the message.</summary>
    private sealed class PieceWriter(Stream output, long limit)
    {
        private bool _any;
        private long _written;

        public byte[]? Pending { get; set; }

        public async ValueTask EmitAsync(byte[]? data, CancellationToken cancellationToken)
        {
            var body = Pending;
            Pending = null;
            if (body is null && data is not { Length: > 0 })
            {
                return;
            }

            if (_any)
            {
                await WriteAsync("\r\n"u8.ToArray(), cancellationToken);
            }

            await WriteAsync(body, cancellationToken);
            await WriteAsync(data, cancellationToken);
        }

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            var count = (int)Math.Min(bytes.Length, limit - _written);
            if (count > 0)
            {
                await output.WriteAsync(bytes[..count], cancellationToken);
                _written += count;
            }

            _any = true;
        }
    }
}
