using System.Buffers.Binary;

namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>The layout of a segment on disk; FORMAT.md describes it.</summary>
internal static class FrameFormat
{
    /// <summary>The size of the header of a segment file, in bytes.</summary>
    public const int SegmentHeaderSize = 32;

    /// <summary>The size of the header of a frame, in bytes.</summary>
    public const int FrameHeaderSize = 32;

    /// <summary>The size of the header of an operation, in bytes.</summary>
    public const int OperationHeaderSize = 24;

    /// <summary>What offsets and sizes are multiples of.</summary>
    public const int Alignment = 8;

    private const ulong SegmentMagic = 0x31304745_53504D4C;
    private const uint FrameMagic = 0x4D415246;
    private const uint Version = 1;

    /// <summary>Rounds a size up to the alignment.</summary>
    public static int Align(int size) => (size + Alignment - 1) & ~(Alignment - 1);

    /// <summary>The bytes an operation takes with its header and padding.</summary>
    public static int OperationSize(int dataLength) => Align(OperationHeaderSize + dataLength);

    /// <summary>Writes the header of a segment.</summary>
    public static void WriteSegmentHeader(Span<byte> header, int segment, long start)
    {
        header[..SegmentHeaderSize].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, SegmentMagic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], segment);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], start);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], Crc32C.Compute(header[..28]));
    }

    /// <summary>Reads the header of a segment.</summary>
    /// <param name="header">At least its 32 bytes.</param>
    /// <param name="segment">The segment's number.</param>
    /// <param name="start">The log position of the file's first byte.</param>
    /// <returns>False where the header is damaged.</returns>
    public static bool TryReadSegmentHeader(ReadOnlySpan<byte> header, out int segment, out long start)
    {
        segment = 0;
        start = 0;
        bool valid = header.Length >= SegmentHeaderSize
            && BinaryPrimitives.ReadUInt64LittleEndian(header) == SegmentMagic
            && BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) == Version
            && BinaryPrimitives.ReadUInt32LittleEndian(header[28..]) == Crc32C.Compute(header[..28]);
        if (valid)
        {
            segment = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
            start = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        }

        return valid;
    }

    /// <summary>Writes the header of a frame.</summary>
    public static void WriteFrameHeader(Span<byte> bytes, FrameHeader header)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, FrameMagic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], header.BodyLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], header.Position);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], header.DurablePosition);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], header.OperationCount);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[28..], Crc32C.Compute(bytes[..28]));
    }

    /// <summary>Reads the header of a frame.</summary>
    /// <returns>False where there is none or it is damaged.</returns>
    public static bool TryReadFrameHeader(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < FrameHeaderSize
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != FrameMagic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]) != Crc32C.Compute(bytes[..28]))
        {
            return false;
        }

        header = new FrameHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]));
        return true;
    }

    /// <summary>Writes the header of an operation whose data follows it already.</summary>
    /// <param name="bytes">Header and data, without padding.</param>
    /// <param name="kind">What the operation does.</param>
    /// <param name="collection">The collection's number.</param>
    /// <param name="record">The record's id.</param>
    public static void WriteOperationHeader(Span<byte> bytes, LogOperation kind, uint collection, long record)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], bytes.Length - OperationHeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], (uint)kind);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], collection);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], record);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Crc32C.Compute(bytes[4..]));
    }

    /// <summary>The length of the data of an operation, from its header; not yet checked.</summary>
    public static int DataLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32LittleEndian(header[4..]);

    /// <summary>Reads an operation and checks it.</summary>
    /// <param name="bytes">Bytes from its header on; more may follow.</param>
    /// <param name="operation">The operation.</param>
    /// <returns>False where it is damaged or cut off.</returns>
    public static bool TryReadOperation(ReadOnlySpan<byte> bytes, out OperationSlice operation)
    {
        operation = default;
        if (bytes.Length < OperationHeaderSize)
        {
            return false;
        }

        int length = DataLength(bytes);
        if (length < 0 || length > bytes.Length - OperationHeaderSize
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Crc32C.Compute(bytes.Slice(4, OperationHeaderSize - 4 + length)))
        {
            return false;
        }

        operation = new OperationSlice(
            (LogOperation)BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            bytes.Slice(OperationHeaderSize, length));
        return true;
    }
}
