using System.Runtime.InteropServices;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine.Files;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine.Checkpoints;

/// <summary>
/// Writes where all records are and all index entries into a file, so that the next start need not read the documents.
/// Writers go on meanwhile: what they change while the file is written is in the log after the checkpoint's position, and
/// recovery takes the records that occur there from the log and not from here.
/// </summary>
internal sealed class CheckpointWriter
{
    private const int IndexChunk = 64 * 1024;

    private readonly BlockWriter _writer;
    private readonly CancellationToken _cancellationToken;

    private CheckpointWriter(IStorageFile file, CancellationToken cancellationToken)
    {
        _writer = new BlockWriter(file);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Writes a checkpoint and puts it in the place of the one before.</summary>
    /// <param name="options">The database's folder and files.</param>
    /// <param name="position">The log position that recovery is to go on from; the log must be on disk up to there.</param>
    /// <param name="catalog">The catalog at that position.</param>
    /// <param name="collections">The collections.</param>
    /// <param name="cancellationToken">Gives up; the checkpoint before stays.</param>
    /// <returns>The size of the checkpoint in bytes.</returns>
    /// <exception cref="IOException">It could not be written; the checkpoint before stays.</exception>
    public static long Write(
        StorageOptions options, long position, byte[] catalog, IReadOnlyCollection<Collection> collections, CancellationToken cancellationToken)
    {
        string temporary = CheckpointFile.TemporaryPathOf(options.Directory);
        options.Files.Delete(temporary);
        try
        {
            long length;
            using (IStorageFile file = options.Files.Create(temporary))
            {
                CheckpointWriter writer = new(file, cancellationToken);
                writer.Write(position, catalog, collections);
                length = writer._writer.Length;
                file.Flush();
            }

            options.Files.Replace(temporary, CheckpointFile.PathOf(options.Directory));
            options.Files.FlushDirectory(options.Directory);
            return length;
        }
        catch
        {
            // Where the disk is full, what was written of it must not stay in the way of the log.
            options.Files.Delete(temporary);
            throw;
        }
    }

    private void Write(long position, byte[] catalog, IReadOnlyCollection<Collection> collections)
    {
        _writer.Write(unchecked((long)CheckpointFile.Magic));
        _writer.Write(position);
        _writer.Write(catalog);
        _writer.Write(collections.Count);
        foreach (Collection collection in collections)
        {
            Write(collection);
        }

        _writer.Write(unchecked((long)CheckpointFile.Magic));
        _writer.Flush();
    }

    private void Write(Collection collection)
    {
        // Whoever appended to the log before the position has finished once the latch is free.
        (RecordTable Records, long NextId, CollectionIndex[] Indexes) state = collection.Snapshot();
        _writer.Write(collection.Number);
        _writer.Write(state.NextId);
        _writer.Write(collection.DataSize);
        foreach ((int number, ulong[] slots) in state.Records.Pages())
        {
            _writer.Write(number);
            _writer.Write(MemoryMarshal.AsBytes(slots.AsSpan()));
            _writer.FlushIfFull();
            _cancellationToken.ThrowIfCancellationRequested();
        }

        _writer.Write(-1);
        _writer.Write(state.Indexes.Length);
        foreach (CollectionIndex index in state.Indexes)
        {
            Write(index);
        }
    }

    private void Write(CollectionIndex index)
    {
        _writer.Write(index.Definition.Specification.Span);
        ByteBuffer chunk = new();
        byte[]? last = [];
        while (true)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            chunk.Truncate(0);
            last = index.CopyEntries(last, IndexChunk, chunk);
            if (last is null)
            {
                break;
            }

            _writer.Write(chunk.Span);
            _writer.FlushIfFull();
        }

        // After the entries: a document that made the index multikey meanwhile must not be missed.
        _writer.Write(0);
        _writer.Write(unchecked((long)index.MultikeyFields));
    }
}
