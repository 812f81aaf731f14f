using System.Buffers.Binary;
using Lmtp.EmbeddedMongo.Engine.Log;

namespace Lmtp.EmbeddedMongo.Engine.Checkpoints;

/// <summary>Reads what <see cref="BlockWriter"/> wrote.</summary>
internal sealed class BlockReader
{
    private readonly FileStream _file;
    private readonly byte[] _header = new byte[8];
    private byte[] _block = [];
    private int _length;
    private int _position;

    /// <summary>Reads a file from its current position on.</summary>
    public BlockReader(FileStream file) => _file = file;

    /// <summary>Reads a 64-bit number.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>Reads bytes that were written with their length; valid until the next call.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public ReadOnlySpan<byte> ReadBytes()
    {
        long length = ReadInt64();
        return length is >= 0 and <= CheckpointFile.MaxBlockSize ? Take((int)length) : throw Damaged();
    }

    private static InvalidDataException Damaged() => new("the checkpoint is damaged");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_position == _length)
        {
            ReadBlock();
        }

        if (length > _length - _position)
        {
            throw Damaged();
        }

        _position += length;
        return _block.AsSpan(_position - length, length);
    }

    private void ReadBlock()
    {
        if (_file.ReadAtLeast(_header, _header.Length, throwOnEndOfStream: false) < _header.Length)
        {
            throw Damaged();
        }

        _length = BinaryPrimitives.ReadInt32LittleEndian(_header);
        if (_length is <= 0 or > CheckpointFile.MaxBlockSize)
        {
            throw Damaged();
        }

        _block = _block.Length >= _length ? _block : new byte[_length];
        _position = 0;
        int read = _file.ReadAtLeast(_block.AsSpan(0, _length), _length, throwOnEndOfStream: false);
        if (read < _length || Crc32C.Compute(_block.AsSpan(0, _length)) != BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(4)))
        {
            throw Damaged();
        }
    }
}
