using Lmtp.EmbeddedMongo.Engine.Log;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine;

/// <content>Inserting, replacing and deleting.</content>
internal sealed partial class Collection
{
    private const int MaxKeptFrame = 1024 * 1024;

    /// <summary>Inserts one document.</summary>
    /// <param name="document">Validated BSON with an <c>_id</c>.</param>
    /// <returns>What to wait for so that it is durable.</returns>
    /// <exception cref="StorageException">It is not inserted: duplicate key, not indexable, or no write possible.</exception>
    public LogPosition Insert(ReadOnlyMemory<byte> document)
    {
        InsertResult result = Insert([document], ordered: true);
        return result.Errors.Count == 0 ? result.Position : throw result.Errors[0].Error;
    }

    /// <summary>Inserts documents as one group: after a crash all of those that went in are there, or none.</summary>
    /// <param name="documents">Validated BSON, each with an <c>_id</c>.</param>
    /// <param name="ordered">True to stop at the first that cannot be inserted.</param>
    /// <exception cref="StorageException">Nothing could be written; none is inserted.</exception>
    public InsertResult Insert(IReadOnlyList<ReadOnlyMemory<byte>> documents, bool ordered)
    {
        CollectionIndex[] indexes = Volatile.Read(ref _indexes);
        PreparedInsert[] prepared = PreparedInsert.All(documents, indexes);
        List<(int Index, StorageException Error)> errors = [];
        List<PreparedInsert> pending = new(documents.Count);
        lock (_latch)
        {
            RequireAlive();
            if (indexes != _indexes)
            {
                indexes = _indexes;
                prepared = PreparedInsert.All(documents, indexes);
            }

            _frame.Clear();
            for (int i = 0; i < prepared.Length; i++)
            {
                StorageException? error = prepared[i].Error ?? FindDuplicate(prepared[i].Document, prepared[i].Keys, indexes, default);
                if (error is null)
                {
                    AddPending(prepared[i], indexes);
                    pending.Add(prepared[i]);
                    continue;
                }

                errors.Add((i, error));
                if (ordered)
                {
                    break;
                }
            }

            return new InsertResult(pending.Count, errors, pending.Count == 0 ? default : CommitPending(pending, indexes));
        }
    }

    /// <summary>
    /// Shows a document to a function and does with it what the function says, while nobody else changes it. This is the
    /// one way to update, delete, and find-and-modify.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="decide">
    /// Decides from the current document; it tests the filter again, since the document may have changed since it was
    /// found. It must not call into the collection.
    /// </param>
    /// <exception cref="StorageException">The change is not made: duplicate key, not indexable, or no write possible.</exception>
    public ModifyResult Modify(RecordId record, Func<ReadOnlyMemory<byte>, Mutation> decide)
    {
        lock (StripeOf(record))
        {
            if (!TryRead(record, out ReadOnlyMemory<byte> before))
            {
                return default;
            }

            Mutation mutation = decide(before);
            LogPosition position = mutation.Kind switch
            {
                MutationKind.Replace => Replace(record, before, mutation.Document),
                MutationKind.Delete => Delete(record, before),
                _ => default,
            };
            return new ModifyResult(true, mutation.Kind, before, position);
        }
    }

    private void AddPending(PreparedInsert insert, CollectionIndex[] indexes)
    {
        insert.Record = _records.Allocate();
        for (int i = 0; i < indexes.Length; i++)
        {
            indexes[i].Add(insert.Keys[i], insert.Record);
        }

        insert.FrameOffset = _frame.Add(LogOperation.Put, Number, insert.Record.Value, insert.Document.Span);
    }

    private LogPosition CommitPending(List<PreparedInsert> pending, CollectionIndex[] indexes)
    {
        AppendedFrame appended;
        try
        {
            appended = AppendFrame();
        }
        catch (StorageException)
        {
            foreach (PreparedInsert insert in pending)
            {
                RemoveKeys(insert.Keys, insert.Record, indexes);
            }

            throw;
        }

        long size = 0;
        foreach (PreparedInsert insert in pending)
        {
            Place(insert.Record, appended.LocationOf(insert.FrameOffset, insert.Document.Length));
            size += insert.Document.Length;
            foreach (IndexBuild build in _builds)
            {
                build.Add(insert.Document, insert.Record);
            }
        }

        Interlocked.Add(ref _dataSize, size);
        return appended.End;
    }

    private LogPosition Replace(RecordId record, ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        CollectionIndex[] indexes = Volatile.Read(ref _indexes);
        (KeyList[] Old, KeyList[] New) keys = ChangedKeys(before, after, indexes);
        lock (_latch)
        {
            RequireAlive();
            if (indexes != _indexes)
            {
                indexes = _indexes;
                keys = ChangedKeys(before, after, indexes);
            }

            if (FindDuplicate(after, keys.New, indexes, record) is { } duplicate)
            {
                throw duplicate;
            }

            _frame.Clear();
            int offset = _frame.Add(LogOperation.Put, Number, record.Value, after.Span);
            AddKeys(keys.New, keys.Old, record, indexes);
            AppendedFrame appended;
            try
            {
                appended = AppendFrame();
            }
            catch (StorageException)
            {
                RemoveKeys(keys.New, record, indexes, keys.Old);
                throw;
            }

            Place(record, appended.LocationOf(offset, after.Length));
            RemoveKeys(keys.Old, record, indexes, keys.New);
            Array.ForEach(_builds, build => build.Replace(before, after, record));
            Interlocked.Add(ref _dataSize, after.Length - before.Length);
            return appended.End;
        }
    }

    private LogPosition Delete(RecordId record, ReadOnlyMemory<byte> before)
    {
        lock (_latch)
        {
            RequireAlive();
            KeyList[] keys = Array.ConvertAll(_indexes, index => index.Extract(before));
            _frame.Clear();
            _frame.Add(LogOperation.Delete, Number, record.Value, default);
            AppendedFrame appended = AppendFrame();
            Place(record, default);
            RemoveKeys(keys, record, _indexes);
            Array.ForEach(_builds, build => build.Remove(before, record));
            Interlocked.Add(ref _dataSize, -before.Length);
            return appended.End;
        }
    }

    private AppendedFrame AppendFrame()
    {
        AppendedFrame appended = _writer.Append(_frame);
        if (_frame.Length > MaxKeptFrame)
        {
            _frame.Shrink();
        }

        return appended;
    }

    private void Place(RecordId record, RecordLocation location)
    {
        _writer.Moved(_records[record], location);
        _records.Set(record, location);
    }

    private DuplicateKeyException? FindDuplicate(
        ReadOnlyMemory<byte> document, KeyList[] keys, CollectionIndex[] indexes, RecordId own)
    {
        for (int i = 0; i < indexes.Length; i++)
        {
            int conflict = indexes[i].FindConflict(keys[i], own);
            if (conflict >= 0)
            {
                byte[] values = indexes[i].ValuesOf(document, keys[i][conflict]);
                return new DuplicateKeyException(Namespace, indexes[i].Definition, values);
            }
        }

        return null;
    }

    // Most updates leave most indexes alone; their keys need not be made to see that.
    private static (KeyList[] Old, KeyList[] New) ChangedKeys(
        ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after, CollectionIndex[] indexes)
    {
        KeyList[] old = new KeyList[indexes.Length];
        KeyList[] now = new KeyList[indexes.Length];
        for (int i = 0; i < indexes.Length; i++)
        {
            bool affected = indexes[i].Definition.IsAffectedBy(before.Span, after.Span);
            old[i] = affected ? indexes[i].Extract(before) : KeyList.Empty;
            now[i] = affected ? indexes[i].Extract(after) : KeyList.Empty;
        }

        return (old, now);
    }

    private static void AddKeys(KeyList[] keys, KeyList[] except, RecordId record, CollectionIndex[] indexes)
    {
        for (int i = 0; i < indexes.Length; i++)
        {
            indexes[i].Add(keys[i], record, except[i]);
        }
    }

    private static void RemoveKeys(KeyList[] keys, RecordId record, CollectionIndex[] indexes, KeyList[]? except = null)
    {
        for (int i = 0; i < indexes.Length; i++)
        {
            indexes[i].Remove(keys[i], record, except?[i]);
        }
    }
}
