using System.Runtime.InteropServices;

namespace Lmtp.Server.Mime.Recovery;

/// <summary>
/// Finds the pieces that two byte strings share. An operation is: the number of new bytes, those bytes, the number of
/// bytes to copy, and how far their place is from where the last copy ended. Work and memory are linear.
/// </summary>
internal static class PatchEncoder
{
    private const int BlockLength = 16;
    private const int MinCopy = 4;
    private const int LookAhead = 4;

    /// <summary>Writes the operations that make the received message of the rebuilt one.</summary>
    /// <param name="difference">Where the two differ; what lies around it is copied.</param>
    /// <param name="rebuilt">That part of the rebuilt message.</param>
    /// <param name="received">That part of the received message.</param>
    /// <param name="output">Takes the operations.</param>
    public static void Encode(in Difference difference, ReadOnlySpan<byte> rebuilt, ReadOnlySpan<byte> received, Stream output)
    {
        if (difference.Start > 0)
        {
            WriteLiteral(output, []);
            WriteNumber(output, (uint)difference.Start);
            WriteSigned(output, 0);
        }

        var expected = EncodePart(rebuilt, received, output);
        if (difference.Tail > 0)
        {
            WriteNumber(output, (uint)difference.Tail);
            WriteSigned(output, rebuilt.Length - expected);
            WriteLiteral(output, []);
        }
    }

    /// <summary>Ends with new bytes, perhaps none; returns where the last copy ended.</summary>
    private static int EncodePart(ReadOnlySpan<byte> rebuilt, ReadOnlySpan<byte> received, Stream output)
    {
        var blocks = IndexBlocks(rebuilt);
        var expected = 0;
        var literalStart = 0;
        var position = 0;
        while (position < received.Length)
        {
            if (!TryFind(rebuilt, received, position, expected, blocks, out var source, out var length))
            {
                position++;
                continue;
            }

            // A match found at a block's beginning may have begun earlier.
            while (position > literalStart && source > 0 && rebuilt[source - 1] == received[position - 1])
            {
                position--;
                source--;
                length++;
            }

            WriteLiteral(output, received[literalStart..position]);
            WriteNumber(output, (uint)length);
            WriteSigned(output, source - expected);
            position += length;
            expected = source + length;
            literalStart = position;
        }

        WriteLiteral(output, received[literalStart..]);
        return expected;
    }

    private static Dictionary<ulong, int> IndexBlocks(ReadOnlySpan<byte> rebuilt)
    {
        var blocks = new Dictionary<ulong, int>(rebuilt.Length / BlockLength);
        for (var offset = 0; offset + BlockLength <= rebuilt.Length; offset += BlockLength)
        {
            blocks.TryAdd(Hash(rebuilt.Slice(offset, BlockLength)), offset);
        }

        return blocks;
    }

    private static bool TryFind(
        ReadOnlySpan<byte> rebuilt,
        ReadOnlySpan<byte> received,
        int position,
        int expected,
        Dictionary<ulong, int> blocks,
        out int source,
        out int length)
    {
        // Most differences are a line break more or less: the place is where the last copy ended, or just behind.
        for (source = expected; source <= expected + LookAhead && source < rebuilt.Length; source++)
        {
            length = rebuilt[source..].CommonPrefixLength(received[position..]);
            if (length >= MinCopy || (length > 0 && position + length == received.Length))
            {
                return true;
            }
        }

        length = 0;
        if (position + BlockLength > received.Length
            || !blocks.TryGetValue(Hash(received.Slice(position, BlockLength)), out source))
        {
            return false;
        }

        length = rebuilt[source..].CommonPrefixLength(received[position..]);
        return length >= BlockLength;
    }

    private static ulong Hash(ReadOnlySpan<byte> block)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(block);
        return (words[0] * 0x9E3779B97F4A7C15) ^ ulong.RotateLeft(words[1] * 0xC2B2AE3D27D4EB4F, 31);
    }

    private static void WriteLiteral(Stream output, ReadOnlySpan<byte> literal)
    {
        WriteNumber(output, (uint)literal.Length);
        output.Write(literal);
    }

    private static void WriteSigned(Stream output, int number) => WriteNumber(output, (uint)((number << 1) ^ (number >> 31)));

    private static void WriteNumber(Stream output, uint number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            output.WriteByte((byte)(number | 0x80));
        }

        output.WriteByte((byte)number);
    }
}
