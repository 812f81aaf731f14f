using System.Buffers.Binary;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine.Files;
using Lmtp.EmbeddedMongo.Engine.Log;

namespace Lmtp.EmbeddedMongo.Engine.Checkpoints;

/// <summary>Writes values into blocks with a checksum each.</summary>
internal sealed class BlockWriter
{
    private const int HeaderSize = 8;

    private readonly IStorageFile _file;
    private readonly ByteBuffer _block = new();

    /// <summary>Writes to a file from its beginning on.</summary>
    public BlockWriter(IStorageFile file)
    {
        _file = file;
        _block.Reserve(HeaderSize);
    }

    /// <summary>The bytes written to the file so far.</summary>
    public long Length { get; private set; }

    /// <summary>Writes a 64-bit number.</summary>
    public void Write(long value) => BinaryPrimitives.WriteInt64LittleEndian(_block.Reserve(sizeof(long)), value);

    /// <summary>Writes bytes and their length.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Write((long)bytes.Length);
        _block.Append(bytes);
    }

    /// <summary>Writes the block to the file once it is large enough. Values never cross from one block to the next.</summary>
    public void FlushIfFull()
    {
        if (_block.Length >= CheckpointFile.BlockSize)
        {
            Flush();
        }
    }

    /// <summary>Writes the block to the file.</summary>
    public void Flush()
    {
        Span<byte> block = _block.WritableSpan;
        BinaryPrimitives.WriteInt32LittleEndian(block, block.Length - HeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(block[4..], Crc32C.Compute(block[HeaderSize..]));
        _file.Write(block, Length);
        Length += block.Length;
        _block.Truncate(HeaderSize);
    }
}
