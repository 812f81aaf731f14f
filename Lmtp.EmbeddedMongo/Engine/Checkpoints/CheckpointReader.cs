using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine.Checkpoints;

/// <summary>Reads a checkpoint: first what recovery of the log needs, then collection after collection.</summary>
internal sealed class CheckpointReader : IDisposable
{
    private readonly FileStream _file;
    private readonly BlockReader _reader;

    private CheckpointReader(FileStream file)
    {
        _file = file;
        _reader = new BlockReader(file);
        if (unchecked((ulong)_reader.ReadInt64()) != CheckpointFile.Magic)
        {
            throw new InvalidDataException("the checkpoint has another format");
        }

        Position = _reader.ReadInt64();
        Catalog = _reader.ReadBytes().ToArray();
        CollectionCount = _reader.ReadInt64();
    }

    /// <summary>The log position to go on from.</summary>
    public long Position { get; }

    /// <summary>The size of the checkpoint in bytes.</summary>
    public long Size => _file.Length;

    /// <summary>The catalog at that position.</summary>
    public byte[] Catalog { get; }

    /// <summary>How many collections follow.</summary>
    public long CollectionCount { get; }

    /// <summary>Opens the checkpoint of a folder.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static CheckpointReader? Open(string directory)
    {
        string path = CheckpointFile.PathOf(directory);
        if (!File.Exists(path))
        {
            return null;
        }

        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, CheckpointFile.BlockSize);
        try
        {
            return new CheckpointReader(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next collection's records.</summary>
    /// <param name="find">Finds the collection's recovery by its number.</param>
    /// <returns>The collection's recovery, with its records set.</returns>
    public CollectionRecovery ReadCollection(Func<uint, CollectionRecovery> find)
    {
        CollectionRecovery collection = find((uint)_reader.ReadInt64());
        RecordTable records = new();
        records.ReserveBelow(_reader.ReadInt64());
        collection.DataSize = _reader.ReadInt64();
        for (int number = (int)_reader.ReadInt64(); number >= 0; number = (int)_reader.ReadInt64())
        {
            ReadOnlySpan<ulong> slots = MemoryMarshal.Cast<byte, ulong>(_reader.ReadBytes());
            records.RestorePage(number, slots);
        }

        collection.Overlay(records);
        return collection;
    }

    /// <summary>Reads the indexes of the collection just read.</summary>
    /// <param name="collection">Its recovery: which records are newer in the log.</param>
    /// <param name="find">Finds the index to fill by its specification; null where it is gone.</param>
    public void ReadIndexes(CollectionRecovery collection, Func<byte[], CollectionIndex?> find)
    {
        for (long i = _reader.ReadInt64(); i > 0; i--)
        {
            CollectionIndex? index = find(_reader.ReadBytes().ToArray());
            for (ReadOnlySpan<byte> chunk = _reader.ReadBytes(); !chunk.IsEmpty; chunk = _reader.ReadBytes())
            {
                AppendEntries(chunk, collection, index);
            }

            index?.RestoreMultikeyFields(unchecked((ulong)_reader.ReadInt64()));
            if (index is null)
            {
                _reader.ReadInt64();
            }
        }
    }

    /// <summary>Makes sure that the file is whole.</summary>
    public void ReadEnd()
    {
        if (unchecked((ulong)_reader.ReadInt64()) != CheckpointFile.Magic)
        {
            throw new InvalidDataException("the checkpoint is cut off");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void AppendEntries(ReadOnlySpan<byte> chunk, CollectionRecovery collection, CollectionIndex? index)
    {
        while (!chunk.IsEmpty && index is not null)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(chunk);
            ReadOnlySpan<byte> entry = chunk.Slice(sizeof(int), length);
            if (!collection.IsTouched(IndexEntry.RecordOf(entry)))
            {
                index.AppendEntry(entry);
            }

            chunk = chunk[(sizeof(int) + length)..];
        }
    }
}
