using System.Buffers.Binary;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// The layout of an index entry: the encoded key, then the record id in six bytes, big-endian. Entries with the same key
/// so follow each other in the order of their record ids.
/// </summary>
internal static class IndexEntry
{
    /// <summary>The bytes a record id takes.</summary>
    public const int RecordIdSize = 6;

    /// <summary>The highest record id.</summary>
    public const long MaxRecordId = (1L << 48) - 1;

    /// <summary>Writes an entry.</summary>
    /// <param name="key">The encoded key.</param>
    /// <param name="record">The record id.</param>
    /// <param name="entry">Room for both.</param>
    public static void Write(ReadOnlySpan<byte> key, long record, Span<byte> entry)
    {
        key.CopyTo(entry);
        BinaryPrimitives.WriteUInt16BigEndian(entry[key.Length..], (ushort)(record >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(entry[(key.Length + 2)..], (uint)record);
    }

    /// <summary>The record id of an entry.</summary>
    public static long RecordOf(ReadOnlySpan<byte> entry) =>
        ((long)BinaryPrimitives.ReadUInt16BigEndian(entry[^6..]) << 32) | BinaryPrimitives.ReadUInt32BigEndian(entry[^4..]);

    /// <summary>The key of an entry.</summary>
    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> entry) => entry[..^RecordIdSize];
}
