using Lmtp.EmbeddedMongo.Engine.Log;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine.Checkpoints;

/// <summary>What is known of a collection while the database is opened.</summary>
internal sealed class CollectionRecovery
{
    private readonly HashSet<long>? _touched;

    /// <summary>Makes an empty one.</summary>
    /// <param name="hasCheckpoint">Whether a checkpoint's records will have to be merged with the log's.</param>
    public CollectionRecovery(bool hasCheckpoint) => _touched = hasCheckpoint ? [] : null;

    /// <summary>Where the records are, as far as is known.</summary>
    public RecordTable Records { get; private set; } = new();

    /// <summary>The size of all documents in bytes; after a crash an estimate.</summary>
    public long DataSize { get; set; }

    /// <summary>The indexes that the checkpoint has filled.</summary>
    public HashSet<CollectionIndex> FilledIndexes { get; } = [];

    /// <summary>Whether the log has a record after the checkpoint.</summary>
    public bool IsTouched(long record) => _touched is { Count: > 0 } && _touched.Contains(record);

    /// <summary>Takes over an operation of the log.</summary>
    public void Apply(OperationSlice operation, RecordLocation location)
    {
        Records.Set(new RecordId(operation.Record), operation.Kind == LogOperation.Put ? location : default);
        _touched?.Add(operation.Record);
    }

    /// <summary>Puts the records of the log over those of the checkpoint.</summary>
    /// <param name="checkpoint">The checkpoint's records; the recovery goes on with this table.</param>
    public void Overlay(RecordTable checkpoint)
    {
        foreach (long record in _touched ?? [])
        {
            RecordId id = new(record);
            RecordLocation before = checkpoint[id];
            RecordLocation after = Records[id];
            DataSize += (after.IsNone ? 0 : after.SizeHint) - (before.IsNone ? 0 : before.SizeHint);
            checkpoint.Set(id, after);
        }

        Records = checkpoint;
    }
}
