using System.Security.Cryptography;

namespace Lmtp.Server.Mime;

/// <summary>
/// SHA-256 of one body while it comes in: takes the received bytes from a first offset on, in order, and turns bare LF
/// into CRLF on the way.
/// </summary>
internal sealed class BodyDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool _afterCarriageReturn;

    /// <summary>Offset of the next byte to take.</summary>
    public long Position { get; private set; }

    public void Begin(long position)
    {
        Position = position;
        _afterCarriageReturn = false;
    }

    /// <summary>Takes those of the given bytes that lie at <see cref="Position"/> or behind it.</summary>
    /// <param name="bytes">Received bytes.</param>
    /// <param name="offset">Where in the message they start.</param>
    public void Append(ReadOnlySpan<byte> bytes, long offset)
    {
        if (offset < Position)
        {
            var skip = Math.Min(Position - offset, bytes.Length);
            bytes = bytes[(int)skip..];
        }

        if (bytes.IsEmpty)
        {
            return;
        }

        Position += bytes.Length;
        var from = 0;
        var start = 0;
        while (start < bytes.Length)
        {
            var lineFeed = bytes[start..].IndexOf((byte)'\n');
            if (lineFeed < 0)
            {
                break;
            }

            lineFeed += start;
            var preceded = lineFeed == 0 ? _afterCarriageReturn : bytes[lineFeed - 1] == '\r';
            if (!preceded)
            {
                _hash.AppendData(bytes[from..lineFeed]);
                _hash.AppendData("\r"u8);
                from = lineFeed;
            }

            start = lineFeed + 1;
        }

        _hash.AppendData(bytes[from..]);
        _afterCarriageReturn = bytes[^1] == '\r';
    }

    /// <summary>The digest; another body may be begun afterwards.</summary>
    public byte[] Finish() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();
}
