using System.Buffers;
using System.Buffers.Text;

namespace Lmtp.Server.Encryption;

/// <summary>Writes bytes as base64 in lines of one length, each ended by CRLF.</summary>
internal sealed class Base64Lines
{
    private readonly IBufferWriter<byte> _destination;
    private readonly byte[] _line;
    private int _count;

    /// <summary>Writes to <paramref name="destination"/>.</summary>
    /// <param name="destination">Takes the text.</param>
    /// <param name="lineLength">Characters in a full line, a multiple of four.</param>
    public Base64Lines(IBufferWriter<byte> destination, int lineLength)
    {
        _destination = destination;
        _line = new byte[lineLength / 4 * 3];
    }

    /// <summary>Appends bytes; what fills no line waits for more.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_count > 0)
        {
            var count = Math.Min(bytes.Length, _line.Length - _count);
            bytes[..count].CopyTo(_line.AsSpan(_count));
            _count += count;
            bytes = bytes[count..];
            if (_count < _line.Length)
            {
                return;
            }

            WriteLine(_line);
            _count = 0;
        }

        while (bytes.Length >= _line.Length)
        {
            WriteLine(bytes[.._line.Length]);
            bytes = bytes[_line.Length..];
        }

        bytes.CopyTo(_line);
        _count = bytes.Length;
    }

    /// <summary>Writes the last line where one was begun.</summary>
    public void Complete()
    {
        if (_count > 0)
        {
            WriteLine(_line.AsSpan(0, _count));
            _count = 0;
        }
    }

    private void WriteLine(ReadOnlySpan<byte> bytes)
    {
        var text = _destination.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 2);
        Base64.EncodeToUtf8(bytes, text, out _, out var written);
        text[written] = (byte)'\r';
        text[written + 1] = (byte)'\n';
        _destination.Advance(written + 2);
    }
}
