using System.Runtime.InteropServices;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine.Log;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine.Checkpoints;

/// <summary>
/// Writes where all records are and all index entries into a file, so that the next start need not read the documents.
/// Writers go on meanwhile: what they change while the file is written is in the log after the checkpoint's position, and
/// recovery takes the records that occur there from the log and not from here.
/// </summary>
internal static class CheckpointWriter
{
    private const int IndexChunk = 64 * 1024;

    /// <summary>Writes a checkpoint and puts it in the place of the one before.</summary>
    /// <param name="directory">The database's folder.</param>
    /// <param name="position">The log position that recovery is to go on from; the log must be on disk up to there.</param>
    /// <param name="catalog">The catalog at that position.</param>
    /// <param name="collections">The collections.</param>
    /// <param name="cancellationToken">Gives up; the checkpoint before stays.</param>
    public static async Task WriteAsync(
        string directory, long position, byte[] catalog, IReadOnlyCollection<Collection> collections, CancellationToken cancellationToken)
    {
        string temporary = CheckpointFile.TemporaryPathOf(directory);
        await using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            BlockWriter writer = new(file);
            writer.Write(unchecked((long)CheckpointFile.Magic));
            writer.Write(position);
            writer.Write(catalog);
            writer.Write(collections.Count);
            foreach (Collection collection in collections)
            {
                await WriteCollectionAsync(writer, collection, cancellationToken);
            }

            writer.Write(unchecked((long)CheckpointFile.Magic));
            await writer.FlushAsync(cancellationToken);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, CheckpointFile.PathOf(directory), overwrite: true);
        DirectorySync.Flush(directory);
    }

    private static async Task WriteCollectionAsync(BlockWriter writer, Collection collection, CancellationToken cancellationToken)
    {
        // Whoever appended to the log before the position has finished once the latch is free.
        (RecordTable Records, long NextId, CollectionIndex[] Indexes) state = collection.Snapshot();
        writer.Write(collection.Number);
        writer.Write(state.NextId);
        writer.Write(collection.DataSize);
        foreach ((int number, ulong[] slots) in state.Records.Pages())
        {
            writer.Write(number);
            writer.Write(MemoryMarshal.AsBytes(slots.AsSpan()));
            await writer.FlushIfFullAsync(cancellationToken);
        }

        writer.Write(-1);
        writer.Write(state.Indexes.Length);
        foreach (CollectionIndex index in state.Indexes)
        {
            await WriteIndexAsync(writer, index, cancellationToken);
        }
    }

    private static async Task WriteIndexAsync(BlockWriter writer, CollectionIndex index, CancellationToken cancellationToken)
    {
        writer.Write(index.Definition.Specification.Span);
        ByteBuffer chunk = new();
        byte[]? last = [];
        while (true)
        {
            chunk.Truncate(0);
            last = index.CopyEntries(last, IndexChunk, chunk);
            if (last is null)
            {
                break;
            }

            writer.Write(chunk.Span);
            await writer.FlushIfFullAsync(cancellationToken);
        }

        // After the entries: a document that made the index multikey meanwhile must not be missed.
        writer.Write(0);
        writer.Write(unchecked((long)index.MultikeyFields));
    }
}
