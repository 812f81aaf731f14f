namespace Lmtp.Server.Protocol.Receiving;

/// <summary>
/// Finds the end of DATA and takes out the dots that the client stuffed in (RFC 5321 sections 4.1.1.4 and 4.5.2), one
/// byte at a time where it matters, so that any split of the input gives the same result. Only CRLF ends a line: a
/// lone CR or LF is data, and a dot after it is data too.
/// </summary>
internal struct DotDecoder
{
    private Position _position;

    private enum Position
    {
        /// <summary>After CRLF, and at the beginning: an empty message is the dot line alone.</summary>
        LineStart,
        Text,
        Cr,

        /// <summary>After a dot at the start of a line, which is not passed on whatever follows.</summary>
        Dot,

        /// <summary>After a dot and a CR at the start of a line; the CR is held back.</summary>
        DotCr,
        End,
    }

    /// <summary>Goes one step through the input, which must not be empty. Never called again after the end.</summary>
    /// <param name="input">The bytes not yet consumed.</param>
    /// <param name="consumed">How many bytes the step used, from the first on.</param>
    public DotStep Next(ReadOnlySpan<byte> input, out int consumed)
    {
        consumed = 1;
        var first = input[0];
        switch (_position)
        {
            case Position.LineStart when first == '.':
                _position = Position.Dot;
                return DotStep.Skip;
            case Position.Dot when first == '\r':
                _position = Position.DotCr;
                return DotStep.Skip;
            case Position.DotCr when first == '\n':
                _position = Position.End;
                return DotStep.End;
            case Position.DotCr:
                _position = Position.Cr;
                consumed = 0;
                return DotStep.HeldCr;
            case Position.Cr when first == '\n':
                _position = Position.LineStart;
                return DotStep.Data;
            default:
                consumed = TakeText(input);
                return DotStep.Data;
        }
    }

    private int TakeText(ReadOnlySpan<byte> input)
    {
        var dotLine = input.IndexOf("\r\n."u8);
        if (dotLine >= 0)
        {
            _position = Position.LineStart;
            return dotLine + 2;
        }

        _position = input.EndsWith("\r\n"u8) ? Position.LineStart
            : input[^1] == '\r' ? Position.Cr
            : Position.Text;
        return input.Length;
    }
}
