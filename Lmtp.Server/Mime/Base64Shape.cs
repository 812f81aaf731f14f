using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// Watches the lines of a base64 body while they come in: does decoding it, and encoding it again in lines of the same
/// length, give the same bytes?
/// </summary>
internal sealed class Base64Shape
{
    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    private static readonly SearchValues<byte> AlphabetAndBreaks =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\r\n"u8);

    private int _lineLength = -1;
    private int _current;
    private int _quantumLength;
    private bool _ended;
    private LineBreak _pending;
    private bool _regular = true;
    private byte _lastDigit;
    private int _padding;

    /// <summary>Whether the whole body is one canonical encoding, in lines of equal length but the last.</summary>
    public bool IsCanonical =>
        _regular
        && (_quantumLength & 3) == 0
        && (_lineLength < 0 || (_current > 0 && _current <= _lineLength))
        && (_padding == 0 || (Value(_lastDigit) & (_padding == 1 ? 0x03 : 0x0F)) == 0);

    /// <summary>Begins another body.</summary>
    public void Reset()
    {
        _lineLength = -1;
        _current = _quantumLength = _padding = 0;
        _ended = false;
        _pending = LineBreak.None;
        _regular = true;
        _lastDigit = 0;
    }

    /// <summary>A piece of the line that is coming in.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        if (!_regular)
        {
            return;
        }

        if (_pending != LineBreak.None)
        {
            BeginLine();
        }

        _current += text.Length;
        _quantumLength = (_quantumLength + text.Length) & 3;
        if (_padding == 0 && !_ended)
        {
            var other = text.IndexOfAnyExcept(Alphabet);
            if (other < 0)
            {
                _lastDigit = text[^1];
                return;
            }

            if (other > 0)
            {
                _lastDigit = text[other - 1];
            }

            text = text[other..];
        }

        _padding += text.Length;
        if (_ended || _padding > 2 || text.ContainsAnyExcept((byte)'='))
        {
            _regular = false;
        }
    }

    /// <summary>
    /// The line has ended. The break counts only once another line of the body follows: the one before a delimiter
    /// does not belong to the body.
    /// </summary>
    /// <param name="crlf">Whether it ended in exactly CR LF, or in a bare LF, which becomes that.</param>
    public void EndLine(bool crlf)
    {
        if (_pending != LineBreak.None)
        {
            BeginLine();
        }

        _pending = crlf ? LineBreak.CrLf : LineBreak.Other;
    }

    /// <summary>Whole lines. None has begun.</summary>
    public void Lines(ReadOnlySpan<byte> lines, int count)
    {
        if (_pending != LineBreak.None)
        {
            BeginLine();
        }

        var mayBeAlike = true;
        while (_regular && count > 0)
        {
            if (mayBeAlike && _lineLength > 0 && _padding == 0)
            {
                mayBeAlike = AreAlike(lines, count);
                if (!mayBeAlike)
                {
                    continue;
                }

                _current = _lineLength;
                _quantumLength = (_quantumLength + (lines.Length - (2 * count))) & 3;
                _lastDigit = lines[^3];
                _pending = LineBreak.CrLf;
                return;
            }

            var length = lines.IndexOfAny((byte)'\r', (byte)'\n');
            if (length > 0)
            {
                Text(lines[..length]);
            }

            lines = lines[length..];
            var isCrLf = lines[0] == '\n' || lines.StartsWith("\r\n"u8);
            EndLine(isCrLf);
            if (--count > 0)
            {
                BeginLine();
            }

            // After any other break there is nothing more to find out, so that its length does not matter.
            lines = lines[(isCrLf && lines[0] == '\r' ? 2 : 1)..];
        }
    }

    /// <summary>Whether all lines have the length of the first one of the body and hold nothing but digits.</summary>
    private bool AreAlike(ReadOnlySpan<byte> lines, int count)
    {
        var stride = _lineLength + 2;
        if (lines.Length != (long)count * stride || lines.ContainsAnyExcept(AlphabetAndBreaks))
        {
            return false;
        }

        for (var lineBreak = _lineLength; lineBreak < lines.Length; lineBreak += stride)
        {
            if (lines[lineBreak] != '\r' || lines[lineBreak + 1] != '\n')
            {
                return false;
            }
        }

        return true;
    }

    private void BeginLine()
    {
        if (_lineLength < 0)
        {
            _lineLength = _current;
        }

        _regular &= _pending == LineBreak.CrLf && _current == _lineLength && _current > 0;
        _ended |= _padding > 0;
        _current = 0;
        _pending = LineBreak.None;
    }

    private static int Value(byte digit) => digit switch
    {
        >= (byte)'A' and <= (byte)'Z' => digit - 'A',
        >= (byte)'a' and <= (byte)'z' => digit - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => digit - '0' + 52,
        (byte)'+' => 62,
        _ => 63,
    };

    private enum LineBreak
    {
        None,
        CrLf,
        Other,
    }
}
