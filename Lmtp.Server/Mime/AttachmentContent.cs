using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// The bytes of an attachment as they are stored: with CRLF line ends, and decoded where WildDuck stores them decoded.
/// Read once, in pieces.
/// </summary>
public sealed class AttachmentContent : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly IMessageSource _source;
    private readonly bool _decode;
    private readonly byte[] _raw = ArrayPool<byte>.Shared.Rent(BufferSize);
    private readonly byte[] _ready = ArrayPool<byte>.Shared.Rent(BufferSize * 2);
    private readonly Base64Decoder _decoder = new();
    private readonly long _end;
    private long _position;
    private int _readyStart;
    private int _readyEnd;
    private bool _afterCarriageReturn;
    private bool _finished;

    /// <summary>Opens the content of an attachment.</summary>
    public AttachmentContent(MessageAttachment attachment, IMessageSource source)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _decode = attachment.DecodedLineLength is not null;
        _position = attachment.Body.First.Start;
        _end = attachment.Body.First.End;
    }

    /// <summary>Fills the buffer as far as there is content left; returns the number of bytes, less only at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            if (_readyStart == _readyEnd && !await PrepareAsync(cancellationToken).ConfigureAwait(false))
            {
                break;
            }

            var count = Math.Min(buffer.Length - filled, _readyEnd - _readyStart);
            _ready.AsMemory(_readyStart, count).CopyTo(buffer[filled..]);
            _readyStart += count;
            filled += count;
        }

        return filled;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_raw);
        ArrayPool<byte>.Shared.Return(_ready);
    }

    private async ValueTask<bool> PrepareAsync(CancellationToken cancellationToken)
    {
        _readyStart = _readyEnd = 0;
        while (_readyEnd == 0 && _position < _end)
        {
            var raw = _raw.AsMemory(0, (int)Math.Min(BufferSize, _end - _position));
            await _source.ReadAsync(_position, raw, cancellationToken).ConfigureAwait(false);
            _position += raw.Length;
            _readyEnd = _decode
                ? _decoder.Decode(raw.Span, _ready)
                : BareLineFeed.Replace(raw.Span, _afterCarriageReturn, _ready);
            _afterCarriageReturn = raw.Span[^1] == '\r';
        }

        if (_readyEnd == 0 && _decode && !_finished)
        {
            _finished = true;
            _readyEnd = _decoder.Finish(_ready);
        }

        return _readyEnd > 0;
    }
}
