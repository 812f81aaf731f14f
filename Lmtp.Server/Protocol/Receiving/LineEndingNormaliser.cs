namespace Lmtp.Server.Protocol.Receiving;

/// <summary>Makes every bare CR and bare LF of a byte stream, however it is split, a CRLF.</summary>
internal struct LineEndingNormaliser
{
    private bool _afterCr;

    /// <summary>The most bytes that <see cref="Feed"/> may write for an input of this length.</summary>
    public static int MaxOutput(int inputLength) => (2 * inputLength) + 2;

    /// <summary>Writes the next bytes to <paramref name="output"/> and returns how many that makes.</summary>
    public int Feed(ReadOnlySpan<byte> bytes, Span<byte> output)
    {
        var written = 0;
        foreach (var b in bytes)
        {
            if (_afterCr)
            {
                // A CR is passed on together with what follows it, so that a split cannot double it.
                _afterCr = false;
                output[written++] = (byte)'\r';
                output[written++] = (byte)'\n';
                if (b == '\n')
                {
                    continue;
                }
            }

            switch (b)
            {
                case (byte)'\r':
                    _afterCr = true;
                    break;
                case (byte)'\n':
                    output[written++] = (byte)'\r';
                    output[written++] = (byte)'\n';
                    break;
                default:
                    output[written++] = b;
                    break;
            }
        }

        return written;
    }

    /// <summary>Writes what is still held back at the end of the stream.</summary>
    public int End(Span<byte> output)
    {
        if (!_afterCr)
        {
            return 0;
        }

        _afterCr = false;
        output[0] = (byte)'\r';
        output[1] = (byte)'\n';
        return 2;
    }
}
