namespace Lmtp.Server.Mime.Recovery;

/// <summary>
/// Compares what would be rebuilt with what was received, without building it: an attachment that is known to be given
/// back as it was, at the place where it was, need not be read.
/// </summary>
/// <param name="source">The received bytes.</param>
internal sealed class ReceivedComparer(IMessageSource source)
{
    private const int WindowLength = 16 * 1024;

    private readonly byte[] _window = new byte[Math.Min(WindowLength, source.Length)];
    private long _windowStart;
    private int _windowLength;
    private long _position;
    private bool _differs;

    /// <summary>How many bytes from the beginning on are the same, as far as is known; no fewer are.</summary>
    public long EqualLength { get; private set; }

    /// <summary>Whether everything written was what was received, and nothing is missing.</summary>
    public bool IsEqual => !_differs && _position == source.Length;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!_differs && !bytes.IsEmpty)
        {
            if (_position < _windowStart || _position >= _windowStart + _windowLength)
            {
                _windowStart = _position;
                _windowLength = (int)Math.Min(_window.Length, source.Length - _position);
                if (_windowLength <= 0)
                {
                    _differs = true;
                    return;
                }

                await source.ReadAsync(_windowStart, _window.AsMemory(0, _windowLength), cancellationToken).ConfigureAwait(false);
            }

            var known = _window.AsSpan((int)(_position - _windowStart), (int)(_windowStart + _windowLength - _position));
            var count = Math.Min(known.Length, bytes.Length);
            var equal = known[..count].CommonPrefixLength(bytes.Span[..count]);
            _differs = equal < count;
            EqualLength = _position + equal;
            _position += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Whether an attachment is known to be given back as it was received.</summary>
    public static bool IsKept(MimeNode node, MessageAttachment attachment) =>
        (attachment.DecodedLineLength is null || attachment.IsCanonical) && node.Body.BareLineFeeds == 0;

    public ValueTask WriteAttachmentAsync(MimeNode node, MessageAttachment attachment, CancellationToken cancellationToken)
    {
        if (_differs)
        {
            return ValueTask.CompletedTask;
        }

        if (IsKept(node, attachment) && node.Body.First.Start == _position)
        {
            _position += node.Body.RawLength;
            EqualLength = _position;
            return ValueTask.CompletedTask;
        }

        return RebuiltMessage.WriteAttachmentAsync(attachment, source, WriteAsync, cancellationToken);
    }
}
