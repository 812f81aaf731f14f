namespace Lmtp.Server.Protocol.Receiving;

/// <summary>Tells whether a byte stream, however it is split, holds a CR or LF that is not part of a CRLF.</summary>
internal struct BareLineEndingDetector
{
    private bool _afterCr;

    /// <summary>Looks at the next bytes; true when a bare CR or LF is among them or was left by those before.</summary>
    public bool Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_afterCr)
            {
                if (bytes[0] != '\n')
                {
                    return true;
                }

                _afterCr = false;
                bytes = bytes[1..];
                continue;
            }

            var next = bytes.IndexOfAny((byte)'\r', (byte)'\n');
            if (next < 0)
            {
                return false;
            }

            if (bytes[next] == '\n')
            {
                return true;
            }

            _afterCr = true;
            bytes = bytes[(next + 1)..];
        }

        return false;
    }

    /// <summary>True when the stream ended with a bare CR.</summary>
    public readonly bool AtEnd() => _afterCr;
}
