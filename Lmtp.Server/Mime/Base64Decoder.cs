using System.Buffers;
using System.Buffers.Text;

namespace Lmtp.Server.Mime;

/// <summary>
/// Decodes base64 bodies for storage, in pieces, as WildDuck does: bytes outside the alphabet are skipped, the first
/// padding ends the content, and what an incomplete last group holds of a byte is dropped.
/// </summary>
internal sealed class Base64Decoder
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    private readonly byte[] _lastThree = new byte[3];
    private uint _bits;
    private int _count;
    private long _characters;
    private long _end = long.MaxValue;

    /// <summary>Decodes a piece; returns the number of bytes written.</summary>
    public int Decode(ReadOnlySpan<byte> text, Span<byte> decoded)
    {
        var written = 0;
        while (!text.IsEmpty)
        {
            if (_count == 0 && _end == long.MaxValue)
            {
                written += DecodeGroups(ref text, decoded[written..]);
                if (text.IsEmpty)
                {
                    break;
                }
            }

            // The eighth bit does not count.
            var character = (byte)(text[0] & 0x7F);
            text = text[1..];
            if (character == '=')
            {
                _end = Math.Min(_end, _characters);
                Remember(character);
            }
            else if (Value(character) is >= 0 and var digit)
            {
                Remember(character);
                if (_end == long.MaxValue)
                {
                    written += Add(digit, decoded[written..]);
                }
            }
        }

        return written;
    }

    /// <summary>Ends the content; returns the number of bytes written, at most five.</summary>
    public int Finish(Span<byte> decoded)
    {
        var written = FinishGroup(decoded);

        // WildDuck's decoder takes the last group apart when it is incomplete, even behind a padding.
        var rest = (int)(_characters % 4);
        if (_end < _characters - rest)
        {
            for (var index = 3 - rest; index < 3 && Value(_lastThree[index]) is >= 0 and var digit; index++)
            {
                Add(digit, decoded[written..]);
            }

            written += FinishGroup(decoded[written..]);
        }

        return written;
    }

    private int DecodeGroups(ref ReadOnlySpan<byte> text, Span<byte> decoded)
    {
        var length = text.IndexOfAnyExcept(Alphabet);
        length = (length < 0 ? text.Length : length) & ~3;
        if (length == 0)
        {
            return 0;
        }

        Base64.DecodeFromUtf8(text[..length], decoded, out _, out var written);
        _characters += length;
        text = text[length..];
        return written;
    }

    private void Remember(byte character)
    {
        _characters++;
        (_lastThree[0], _lastThree[1], _lastThree[2]) = (_lastThree[1], _lastThree[2], character);
    }

    private int Add(int digit, Span<byte> decoded)
    {
        _bits = (_bits << 6) | (uint)digit;
        if (++_count < 4)
        {
            return 0;
        }

        decoded[0] = (byte)(_bits >> 16);
        decoded[1] = (byte)(_bits >> 8);
        decoded[2] = (byte)_bits;
        _count = 0;
        return 3;
    }

    private int FinishGroup(Span<byte> decoded)
    {
        var written = Math.Max(_count - 1, 0);
        if (written > 0)
        {
            decoded[0] = (byte)(_count == 2 ? _bits >> 4 : _bits >> 10);
        }

        if (written > 1)
        {
            decoded[1] = (byte)(_bits >> 2);
        }

        _count = 0;
        return written;
    }

    private static int Value(byte character) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => character - 'A',
        >= (byte)'a' and <= (byte)'z' => character - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => character - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
