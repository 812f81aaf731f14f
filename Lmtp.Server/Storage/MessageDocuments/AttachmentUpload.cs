using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

using Lmtp.Server.Mime;

using MongoDB.Bson;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>
/// Makes the documents of <c>attachments.chunks</c> and <c>attachments.files</c> for one attachment. The chunks come
/// first and are read from the spool one at a time; the file document is known once they have all been read.
/// </summary>
public sealed class AttachmentUpload
{
    /// <summary>The bytes of every chunk but the last.</summary>
    public const int ChunkSize = 255 * 1024;

    private readonly MessageAttachment _attachment;
    private readonly IMessageSource _source;
    private readonly BsonBinaryData _id;
    private long _length;

    /// <summary>Prepares the upload of an attachment of the given message.</summary>
    public AttachmentUpload(MessageAttachment attachment, IMessageSource source)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        _attachment = attachment;
        _source = source;
        _id = new BsonBinaryData(attachment.Sha256.ToArray());
    }

    /// <summary>The <c>_id</c> of the file: SHA-256 of the encoded body.</summary>
    public BsonBinaryData Id => _id;

    /// <summary>Base64 SHA-256 of the stored bytes; set once all chunks have been read.</summary>
    public string? ContentHash { get; private set; }

    /// <summary>The chunk documents in order. They can be read again, for another attempt.</summary>
    public async IAsyncEnumerable<BsonDocument> ReadChunksAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _length = 0;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = new AttachmentContent(_attachment, _source);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            for (var number = 0; ; number++)
            {
                var count = await content.ReadAsync(buffer.AsMemory(0, ChunkSize), cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    break;
                }

                digest.AppendData(buffer, 0, count);
                _length += count;
                yield return new BsonDocument
                {
                    { "_id", ObjectId.GenerateNewId() },
                    { "files_id", _id },
                    { "n", number },
                    { "data", new BsonBinaryData(buffer.AsSpan(0, count).ToArray()) },
                };
                if (count < ChunkSize)
                {
                    break;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        ContentHash = Convert.ToBase64String(digest.GetHashAndReset());
    }

    /// <summary>The file document, with the content hash that WildDuck sets in a second step.</summary>
    /// <param name="references">How many references to count.</param>
    /// <param name="magic">The message's magic number.</param>
    /// <param name="now">The time of the upload, UTC.</param>
    /// <exception cref="InvalidOperationException">The chunks have not been read yet.</exception>
    public BsonDocument CreateFile(int references, int magic, DateTime now)
    {
        if (ContentHash is null)
        {
            throw new InvalidOperationException("The length of the file is known only after its chunks were read.");
        }

        var metadata = new BsonDocument
        {
            { "m", BsonText.Number((long)magic * references) },
            { "c", references },
            { "cu", new BsonDateTime(now) },
            { "esize", _attachment.Size },
            { "transferEncoding", BsonText.String(_attachment.TransferEncoding) },
        };
        if (_attachment.DecodedLineLength is { } lineLength)
        {
            metadata.Add("decoded", true);
            metadata.Add("lineLen", lineLength);
        }

        metadata.Add("fileContentHash", ContentHash);
        return new BsonDocument
        {
            { "_id", _id },
            { "length", BsonText.Number(_length) },
            { "chunkSize", ChunkSize },
            { "uploadDate", new BsonDateTime(now) },
            { "filename", BsonNull.Value },
            { "contentType", BsonText.String(_attachment.ContentType) },
            { "metadata", metadata },
        };
    }
}
