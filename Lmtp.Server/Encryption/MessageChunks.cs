using System.Buffers;
using System.Runtime.CompilerServices;

namespace Lmtp.Server.Encryption;

/// <summary>Reads a message in pieces of one size from one pooled buffer.</summary>
internal static class MessageChunks
{
    private const int Size = 64 * 1024;

    /// <summary>The bytes from the stream's position on; each piece is good until the next is asked for.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        Stream message, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Size);
        try
        {
            int count;
            while ((count = await message.ReadAsync(buffer.AsMemory(0, Size), cancellationToken)) > 0)
            {
                yield return buffer.AsMemory(0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
