namespace Lmtp.Server.Mime;

/// <summary>The chunk that is being indexed, and what earlier chunks left undecided before it.</summary>
/// <param name="held">Bytes directly before the chunk.</param>
/// <param name="chunk">The chunk.</param>
/// <param name="offset">Where in the message the chunk starts.</param>
internal readonly ref struct ReceivedBytes(ReadOnlySpan<byte> held, ReadOnlySpan<byte> chunk, long offset)
{
    private readonly ReadOnlySpan<byte> _held = held;
    private readonly ReadOnlySpan<byte> _chunk = chunk;

    /// <summary>Gives a digest all bytes before <paramref name="end"/> that it has not seen.</summary>
    public void Feed(BodyDigest digest, long end)
    {
        var heldStart = offset - _held.Length;
        if (digest.Position < offset)
        {
            digest.Append(_held[..(int)Math.Clamp(end - heldStart, 0, _held.Length)], heldStart);
        }

        digest.Append(_chunk[..(int)Math.Clamp(end - offset, 0, _chunk.Length)], offset);
    }
}
