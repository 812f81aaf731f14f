using System.Buffers;
using System.Buffers.Text;

namespace Lmtp.Server.Mime.Recovery;

/// <summary>Encodes bytes that come in pieces as base64 lines of one length, with CRLF between the lines.</summary>
/// <param name="lineLength">Characters on a line.</param>
internal sealed class Base64LineEncoder(int lineLength)
{
    private readonly byte[] _rest = new byte[3];
    private int _restLength;
    private int _column;

    /// <summary>Encodes a piece; what does not fill a group waits for the next one.</summary>
    public void Write(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        if (_restLength > 0)
        {
            var taken = Math.Min(3 - _restLength, bytes.Length);
            bytes[..taken].CopyTo(_rest.AsSpan(_restLength));
            _restLength += taken;
            bytes = bytes[taken..];
            if (_restLength < 3)
            {
                return;
            }

            Encode(_rest, output);
            _restLength = 0;
        }

        var whole = bytes.Length - (bytes.Length % 3);
        Encode(bytes[..whole], output);
        bytes[whole..].CopyTo(_rest);
        _restLength = bytes.Length - whole;
    }

    /// <summary>Encodes what is left, with padding.</summary>
    public void Finish(IBufferWriter<byte> output)
    {
        Encode(_rest.AsSpan(0, _restLength), output);
        _restLength = 0;
    }

    private void Encode(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        var encoded = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, encoded, out _, out var length);
        var text = encoded.AsSpan(0, length);
        while (!text.IsEmpty)
        {
            if (_column == lineLength)
            {
                output.Write("\r\n"u8);
                _column = 0;
            }

            var count = Math.Min(lineLength - _column, text.Length);
            output.Write(text[..count]);
            _column += count;
            text = text[count..];
        }

        ArrayPool<byte>.Shared.Return(encoded);
    }
}
