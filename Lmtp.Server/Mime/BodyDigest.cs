using System.Buffers;
using System.Security.Cryptography;

namespace Lmtp.Server.Mime;

/// <summary>
/// SHA-256 of one body while it comes in: takes the received bytes from a first offset on, in order, and turns bare LF
/// into CRLF on the way.
/// </summary>
internal sealed class BodyDigest : IDisposable
{
    private const int PieceLength = 4096;

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
        if (BareLineFeed.Find(bytes, _afterCarriageReturn) is >= 0 and var bare)
        {
            _hash.AppendData(bytes[..bare]);
            AppendReplaced(bytes[bare..], bare == 0 ? _afterCarriageReturn : bytes[bare - 1] == '\r');
        }
        else
        {
            _hash.AppendData(bytes);
        }

        _afterCarriageReturn = bytes[^1] == '\r';
    }

    /// <summary>The digest; another body may be begun afterwards.</summary>
    /// <param name="digest">Receives it.</param>
    public void Finish(Span<byte> digest) => _hash.GetHashAndReset(digest);

    public void Dispose() => _hash.Dispose();

    private void AppendReplaced(ReadOnlySpan<byte> bytes, bool afterReturn)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceLength * 2);
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, PieceLength)];
            _hash.AppendData(buffer.AsSpan(0, BareLineFeed.Replace(piece, afterReturn, buffer)));
            afterReturn = piece[^1] == '\r';
            bytes = bytes[piece.Length..];
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
