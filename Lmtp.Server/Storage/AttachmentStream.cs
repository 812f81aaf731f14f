using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>The stored bytes of an attachment file, read from its chunks as they are asked for. Specification section 2.7.</summary>
internal sealed class AttachmentStream(IMongoCollection<BsonDocument> chunks, BsonBinaryData file) : Stream
{
    private const int ChunksAtOnce = 4;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private readonly Queue<byte[]> _fetched = [];
    private ReadOnlyMemory<byte> _current;
    private long _next;
    private bool _isAtEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_current.IsEmpty && !buffer.IsEmpty)
        {
            if (_fetched.TryDequeue(out var chunk))
            {
                _current = chunk;
            }
            else if (_isAtEnd)
            {
                return 0;
            }
            else
            {
                await FetchAsync(cancellationToken);
            }
        }

        var count = Math.Min(buffer.Length, _current.Length);
        _current[..count].CopyTo(buffer);
        _current = _current[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var found = await chunks
            .Find(Filter.Eq("files_id", file) & Filter.Gte("n", _next))
            .Sort(Builders<BsonDocument>.Sort.Ascending("n"))
            .Limit(ChunksAtOnce)
            .ToListAsync(cancellationToken);
        foreach (var chunk in found)
        {
            _fetched.Enqueue(chunk["data"].AsBsonBinaryData.Bytes);
            _next = chunk.Number("n") + 1;
        }

        _isAtEnd = found.Count < ChunksAtOnce;
    }
}
