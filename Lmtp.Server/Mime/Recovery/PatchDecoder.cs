namespace Lmtp.Server.Mime.Recovery;

/// <summary>Reads what <see cref="PatchEncoder"/> wrote.</summary>
internal static class PatchDecoder
{
    private const int MaxShift = 28;

    public static byte[] Decode(ReadOnlySpan<byte> rebuilt, Stream operations, int length)
    {
        var received = new byte[length];
        var position = 0;
        var expected = 0;
        while (true)
        {
            var literal = ReadNumber(operations);
            operations.ReadExactly(Take(received, ref position, literal));
            if (position == length)
            {
                return received;
            }

            var copied = ReadNumber(operations);
            var source = expected + ReadSigned(operations);
            if (copied == 0 || source < 0 || copied > rebuilt.Length - source)
            {
                throw Damaged();
            }

            rebuilt.Slice(source, (int)copied).CopyTo(Take(received, ref position, copied));
            expected = source + (int)copied;
        }
    }

    private static Span<byte> Take(byte[] received, ref int position, uint count)
    {
        if (count > received.Length - position)
        {
            throw Damaged();
        }

        var target = received.AsSpan(position, (int)count);
        position += (int)count;
        return target;
    }

    private static int ReadSigned(Stream operations)
    {
        var number = ReadNumber(operations);
        return (int)(number >> 1) ^ -(int)(number & 1);
    }

    private static uint ReadNumber(Stream operations)
    {
        uint number = 0;
        for (var shift = 0; shift <= MaxShift; shift += 7)
        {
            var value = operations.ReadByte();
            if (value < 0)
            {
                throw new EndOfStreamException("The recovery patch is cut off.");
            }

            number |= (uint)(value & 0x7F) << shift;
            if (value < 0x80)
            {
                return number;
            }
        }

        throw Damaged();
    }

    private static InvalidDataException Damaged() => new("The recovery patch does not fit the stored message.");
}
