using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>
/// An index that is being filled from a collection's documents while these change. Whoever writes a document also writes
/// its keys here; whoever reads through the documents adds the keys of what is there. Both may happen to a document, in any
/// order: adding a key that is there and removing one that is not do nothing. All members but <see cref="Index"/> are used
/// while the collection's latch is held.
/// </summary>
/// <param name="collection">The collection.</param>
/// <param name="index">The index, empty.</param>
/// <param name="end">The first record that was not there when the build began; writers see to it and all later ones.</param>
internal sealed class IndexBuild(Collection collection, CollectionIndex index, RecordId end)
{
    private StorageException? _failure;

    /// <summary>The index.</summary>
    public CollectionIndex Index => index;

    /// <summary>The first record that need not be looked at.</summary>
    public RecordId End => end;

    /// <summary>Fails the build where a document did not fit the index. Writes are not refused: it is not there yet.</summary>
    /// <exception cref="StorageException">The build failed.</exception>
    public void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            throw _failure;
        }
    }

    /// <summary>Takes in a document that was inserted, or found.</summary>
    public void Add(ReadOnlyMemory<byte> document, RecordId record)
    {
        try
        {
            Add(index.Extract(document), document, record);
        }
        catch (StorageException exception)
        {
            _failure ??= exception;
        }
    }

    /// <summary>Takes in a document whose keys are known already.</summary>
    public void Add(KeyList keys, ReadOnlyMemory<byte> document, RecordId record)
    {
        int conflict = index.FindConflict(keys, record);
        if (conflict >= 0)
        {
            byte[] values = index.ValuesOf(document, keys[conflict]);
            _failure ??= new DuplicateKeyException(collection.Namespace, index.Definition, values);
        }

        index.Add(keys, record);
    }

    /// <summary>Takes in that a document was replaced.</summary>
    public void Replace(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, RecordId record)
    {
        if (index.Definition.IsAffectedBy(before.Span, after.Span))
        {
            Remove(before, record);
            Add(after, record);
        }
    }

    /// <summary>Takes in that a document was deleted.</summary>
    public void Remove(ReadOnlyMemory<byte> document, RecordId record)
    {
        try
        {
            index.Remove(index.Extract(document), record);
        }
        catch (StorageException exception)
        {
            _failure ??= exception;
        }
    }
}
