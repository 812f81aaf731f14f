using Lmtp.EmbeddedMongo.Engine.Files;

namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>How a <see cref="StorageEngine"/> works.</summary>
internal sealed record StorageOptions
{
    /// <summary>The folder that holds the data; made where it is missing.</summary>
    public required string Directory { get; init; }

    /// <summary>How long a write that did not ask for the journal may stay off the disk. Default 100 ms.</summary>
    public TimeSpan JournalInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How large a segment grows before the next one is begun, in bytes. Default 64 MiB, at most 128 MiB.</summary>
    public int SegmentSize { get; init; } = 64 * 1024 * 1024;

    /// <summary>After how many bytes of log a checkpoint is written. Default 256 MiB.</summary>
    public long CheckpointBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>After how long a checkpoint is written, if the log has grown enough to be worth it. Default 5 minutes.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The share of a sealed segment that must be dead before it is compacted. Default 0.5.</summary>
    public double CompactionThreshold { get; init; } = 0.5;

    /// <summary>How often the background looks for work: expired documents, checkpoints, compaction. Default 60 s.</summary>
    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The file system that is written to. Default: this machine's.</summary>
    public IFileSystem Files { get; init; } = DiskFileSystem.Instance;

    /// <summary>
    /// Turns the filter of a partial index (BSON) into a test of documents. By default partial indexes are refused.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, Func<ReadOnlyMemory<byte>, bool>> CompileFilter { get; init; } =
        _ => throw StorageException.CannotCreateIndex("partial indexes need a filter compiler");
}
