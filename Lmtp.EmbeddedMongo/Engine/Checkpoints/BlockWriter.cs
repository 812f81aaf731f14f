using System.Buffers.Binary;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine.Log;

namespace Lmtp.EmbeddedMongo.Engine.Checkpoints;

/// <summary>Writes values into blocks with a checksum each.</summary>
internal sealed class BlockWriter
{
    private readonly FileStream _file;
    private readonly ByteBuffer _block = new();

    /// <summary>Writes to a file from its current position on.</summary>
    public BlockWriter(FileStream file) => _file = file;

    /// <summary>Writes a 64-bit number.</summary>
    public void Write(long value) => BinaryPrimitives.WriteInt64LittleEndian(_block.Reserve(sizeof(long)), value);

    /// <summary>Writes bytes and their length.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Write((long)bytes.Length);
        _block.Append(bytes);
    }

    /// <summary>Writes the block to the file once it is large enough. Values never cross from one block to the next.</summary>
    public async Task FlushIfFullAsync(CancellationToken cancellationToken)
    {
        if (_block.Length >= CheckpointFile.BlockSize)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Writes the block to the file.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        byte[] header = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(header, _block.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), Crc32C.Compute(_block.Span));
        await _file.WriteAsync(header, cancellationToken);
        await _file.WriteAsync(_block.WrittenMemory, cancellationToken);
        _block.Truncate(0);
    }
}
