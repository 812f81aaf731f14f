using System.IO.Compression;

namespace Lmtp.Server.Mime.Recovery;

/// <summary>
/// A compact difference between what a stored message gives back and what was received: pieces to take from the one,
/// and bytes that are only in the other.
/// </summary>
public static class RecoveryPatch
{
    private const byte Version = 1;

    /// <summary>Makes a patch.</summary>
    /// <param name="difference">Where the two differ.</param>
    /// <param name="rebuilt">That part of what the stored message gives back.</param>
    /// <param name="received">That part of what was received.</param>
    internal static byte[] Create(in Difference difference, ReadOnlySpan<byte> rebuilt, ReadOnlySpan<byte> received)
    {
        var output = new MemoryStream();
        output.WriteByte(Version);
        using (var compressed = new BrotliStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            PatchEncoder.Encode(difference, rebuilt, received, compressed);
        }

        return output.ToArray();
    }

    /// <summary>Applies a patch.</summary>
    /// <param name="rebuilt">What the stored message gives back; it can be read at any place.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="length">The length of what was received.</param>
    /// <param name="received">Takes what was received.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="InvalidDataException">The patch is damaged or belongs to something else.</exception>
    /// <exception cref="EndOfStreamException">The patch is cut off.</exception>
    public static async ValueTask ApplyAsync(
        Stream rebuilt, byte[] patch, long length, Stream received, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(patch);
        if (patch.Length == 0 || patch[0] != Version)
        {
            throw new InvalidDataException("The recovery patch has an unknown version.");
        }

        using var packed = new BrotliStream(new MemoryStream(patch, 1, patch.Length - 1), CompressionMode.Decompress);
        using var operations = new BufferedStream(packed);
        await new PatchDecoder(rebuilt, operations, received).DecodeAsync(length, cancellationToken).ConfigureAwait(false);
    }
}
