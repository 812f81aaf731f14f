using Lmtp.Server.Protocol.Configuration;
using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Server.Protocol.Receiving;

/// <summary>Watches the header section go by: its size, and the Received lines by which a mail loop is known.</summary>
internal struct HeaderInspector(LimitOptions limits)
{
    private long _size;
    private int _receivedLines;

    /// <summary>How much of the current line matches "received:"; -1 once it cannot match any more.</summary>
    private int _matched;
    private int _lineLength;
    private bool _ended;

    private static ReadOnlySpan<byte> ReceivedName => "received:"u8;

    /// <summary>Looks at the next bytes of the message; returns the fault that they bring to light, if any.</summary>
    public MessageFault? Inspect(ReadOnlySpan<byte> bytes)
    {
        if (_ended)
        {
            return null;
        }

        foreach (var b in bytes)
        {
            _size++;
            if (b == '\n')
            {
                if (_lineLength == 0)
                {
                    _ended = true;
                    break;
                }

                _lineLength = 0;
                _matched = 0;
            }
            else if (b != '\r')
            {
                _lineLength++;
                Match(b);
            }
        }

        if (_receivedLines > limits.MaxReceivedHeaders)
        {
            return MessageFault.MailLoop;
        }

        return _size > limits.MaxHeaderSize ? MessageFault.HeaderTooLarge(limits.MaxHeaderSize) : null;
    }

    private void Match(byte b)
    {
        if (_matched < 0)
        {
            return;
        }

        var name = ReceivedName;
        _matched = (b | 0x20) == name[_matched] || b == name[_matched] ? _matched + 1 : -1;
        if (_matched == name.Length)
        {
            _receivedLines++;
            _matched = -1;
        }
    }
}
