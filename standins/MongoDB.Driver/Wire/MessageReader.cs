using System.Buffers;
using MongoDB.Bson;
using MongoDB.Bson.IO;

namespace MongoDB.Driver.Wire;

/// <summary>
/// Reads messages from a stream. Small ones are read in place from one buffer per connection; for larger ones an
/// array is taken once the length is known, and the rest of the message is read right into it.
/// </summary>
internal sealed class MessageReader(Stream stream) : IDisposable
{
    private const int BufferSize = 16 * 1024;
    private const int MaxMessageSize = 64 * 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _start;
    private int _end;

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>
    /// Reads one message and maps its document. Unless <paramref name="keep"/> is set, the document is only valid
    /// while <paramref name="map"/> runs, because its memory is used again.
    /// </summary>
    public async Task<TResult> ReadAsync<TResult>(int requestId, bool keep, Func<RawBsonDocument, TResult> map, CancellationToken cancellationToken)
    {
        await FillAsync(CommandEncoder.HeaderSize, cancellationToken).ConfigureAwait(false);
        var length = CommandEncoder.LengthOf(_buffer.AsSpan(_start));
        if (length is < CommandEncoder.HeaderSize + 10 or > MaxMessageSize)
        {
            throw new FormatException($"The server sent a message of {length} bytes.");
        }

        if (!keep && length <= _buffer.Length)
        {
            await FillAsync(length, cancellationToken).ConfigureAwait(false);
            var start = _start;
            _start += length;
            return map(Open(_buffer, start, length, requestId));
        }

        var message = keep ? GC.AllocateUninitializedArray<byte>(length) : ArrayPool<byte>.Shared.Rent(length);
        try
        {
            var buffered = Math.Min(length, _end - _start);
            _buffer.AsSpan(_start, buffered).CopyTo(message);
            _start += buffered;
            await stream.ReadExactlyAsync(message.AsMemory(buffered, length - buffered), cancellationToken).ConfigureAwait(false);
            return map(Open(message, 0, length, requestId));
        }
        finally
        {
            if (!keep)
            {
                ArrayPool<byte>.Shared.Return(message);
            }
        }
    }

    private static RawBsonDocument Open(byte[] bytes, int start, int length, int requestId)
    {
        var header = bytes.AsSpan(start, length);
        if (CommandEncoder.OpCodeOf(header) != CommandEncoder.OpMsg || CommandEncoder.ResponseToOf(header) != requestId)
        {
            throw new FormatException("The server sent a message that does not answer the request.");
        }

        const int BodyAt = CommandEncoder.HeaderSize + sizeof(int) + 1;
        if (header[BodyAt - 1] != 0)
        {
            throw new FormatException("The server sent a message that does not begin with its body.");
        }

        var reader = new BsonSpanReader(header[BodyAt..]);
        var size = reader.ReadDocumentBytes().Length;
        return new RawBsonDocument(new ByteArrayBuffer(bytes, start + BodyAt, size, isReadOnly: true));
    }

    private async ValueTask FillAsync(int count, CancellationToken cancellationToken)
    {
        if (_end - _start >= count)
        {
            return;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        _end += await stream.ReadAtLeastAsync(_buffer.AsMemory(_end), count - _end, throwOnEndOfStream: true, cancellationToken).ConfigureAwait(false);
    }
}
