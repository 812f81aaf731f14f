using System.Runtime.CompilerServices;
using System.Text;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Reads stored attachment files. Specification section 2.7.</summary>
internal sealed class AttachmentReader(MailDatabase database)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> _filter = Builders<BsonDocument>.Filter;

    /// <summary>The bytes of a file as they stood in the message, encoded again where they are kept decoded.</summary>
    /// <exception cref="InvalidOperationException">The file is not there.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadEncodedAsync(
        BsonBinaryData id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = await database.AttachmentFiles.Find(_filter.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken)
            ?? throw new InvalidOperationException($"The attachment {Convert.ToHexStringLower(id.Bytes)} is missing.");
        var metadata = file.DocumentOrNull("metadata") ?? [];
        var encoder = metadata.IsTrue("decoded") ? new Base64Lines((int)metadata.Number("lineLen")) : null;
        for (var number = 0; ; number++)
        {
            var chunk = await database.AttachmentChunks
                .Find(_filter.Eq("files_id", id) & _filter.Eq("n", number))
                .FirstOrDefaultAsync(cancellationToken);
            if (chunk is null)
            {
                break;
            }

            var bytes = chunk["data"].AsBsonBinaryData.Bytes;
            yield return encoder is null ? bytes : encoder.Append(bytes, isLast: false);
        }

        if (encoder is not null)
        {
            yield return encoder.Append([], isLast: true);
        }
    }

    /// <summary>Base64 in lines of a length, CRLF between them and none at the end.</summary>
    private sealed class Base64Lines(int lineLength)
    {
        private byte[] _rest = [];
        private int _column;

        public byte[] Append(byte[] bytes, bool isLast)
        {
            byte[] all = [.. _rest, .. bytes];
            var take = isLast ? all.Length : all.Length - (all.Length % 3);
            _rest = all[take..];
            var text = Convert.ToBase64String(all.AsSpan(0, take));
            var lines = new StringBuilder(text.Length + (text.Length / Math.Max(1, lineLength) * 2) + 2);
            for (var start = 0; start < text.Length;)
            {
                if (_column == lineLength)
                {
                    lines.Append("\r\n");
                    _column = 0;
                }

                var count = Math.Min(lineLength - _column, text.Length - start);
                lines.Append(text, start, count);
                _column += count;
                start += count;
            }

            return Encoding.ASCII.GetBytes(lines.ToString());
        }
    }
}
