using Lmtp.Server.Mime;

namespace Lmtp.Server.Delivery.Encrypting;

/// <summary>
/// One recipient's copy of a message as it is read to be encrypted: the header with what the delivery added, then the body
/// as it was received. Can be read again; only without blocking.
/// </summary>
internal sealed class PlainMessageStream : Stream
{
    private readonly byte[] _header;
    private readonly IMessageSource _source;
    private readonly long _bodyStart;
    private long _position;

    private PlainMessageStream(byte[] header, IMessageSource source, long bodyStart) =>
        (_header, _source, _bodyStart) = (header, source, bodyStart);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _header.Length + _source.Length - _bodyStart;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Begins to read a copy.</summary>
    public static async Task<PlainMessageStream> OpenAsync(MessageCopy copy, CancellationToken cancellationToken)
    {
        using var header = new MemoryStream();
        foreach (var field in copy.Header)
        {
            header.Write(field.Bytes);
            header.Write("\r\n"u8);
        }

        header.Write("\r\n"u8);
        var source = copy.Message.Source;
        return new PlainMessageStream(header.ToArray(), source, await BodyStart.FindAsync(source, cancellationToken));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = (int)Math.Min(buffer.Length, Math.Max(Length - _position, 0));
        if (_position < _header.Length)
        {
            count = (int)Math.Min(count, _header.Length - _position);
            _header.AsMemory((int)_position, count).CopyTo(buffer);
        }
        else if (count > 0)
        {
            await _source.ReadAsync(_bodyStart + _position - _header.Length, buffer[..count], cancellationToken);
        }

        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
