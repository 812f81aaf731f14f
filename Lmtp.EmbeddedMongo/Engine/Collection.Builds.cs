using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine;

/// <content>Filling new indexes beside the writers.</content>
internal sealed partial class Collection
{
    private const int BuildBatchRecords = 128;
    private const int BuildBatchBytes = 1024 * 1024;

    private IndexBuild[] _builds = [];

    /// <summary>Held while an index is built: one at a time.</summary>
    public Lock BuildLock { get; } = new();

    /// <summary>Begins to keep a new index up to date with what is written.</summary>
    /// <param name="index">The index, empty.</param>
    public IndexBuild BeginBuild(CollectionIndex index)
    {
        lock (_latch)
        {
            RequireAlive();
            IndexBuild build = new(this, index, new RecordId(_records.NextId));
            _builds = [.. _builds, build];
            return build;
        }
    }

    /// <summary>Fills an index from the documents. Writers wait only while the keys of a few documents are added.</summary>
    /// <param name="build">The index.</param>
    /// <param name="check">Called now and then; ends the build by throwing.</param>
    /// <exception cref="StorageException">A document does not fit the index.</exception>
    public void Fill(IndexBuild build, Action check)
    {
        List<BuildStep> batch = [];
        int bytes = 0;
        for (RecordScan scan = Scan(); scan.MoveNext() && scan.Current.Value < build.End.Value;)
        {
            RecordLocation location = _records[scan.Current];
            if (TryRead(scan.Current, out ReadOnlyMemory<byte> document))
            {
                batch.Add(new BuildStep(scan.Current, location, document, build.Index.Extract(document)));
                bytes += document.Length;
            }

            if (batch.Count == BuildBatchRecords || bytes > BuildBatchBytes)
            {
                Add(build, batch);
                batch.Clear();
                bytes = 0;
                check();
            }
        }

        Add(build, batch);
    }

    /// <summary>Ends the upkeep of an index that was being built.</summary>
    public void EndBuild(IndexBuild build)
    {
        lock (_latch)
        {
            _builds = [.. _builds.Where(other => other != build)];
        }
    }

    private void Add(IndexBuild build, List<BuildStep> batch)
    {
        lock (_latch)
        {
            RequireAlive();
            foreach (BuildStep step in batch)
            {
                // No place is used twice: the same place is the same document.
                if (_records[step.Record] == step.Location)
                {
                    build.Add(step.Keys, step.Document, step.Record);
                }
                else if (TryRead(step.Record, out ReadOnlyMemory<byte> document))
                {
                    build.Add(document, step.Record);
                }
            }

            build.ThrowIfFailed();
        }
    }

    /// <summary>A document that was read for an index that is being built.</summary>
    private readonly record struct BuildStep(RecordId Record, RecordLocation Location, ReadOnlyMemory<byte> Document, KeyList Keys);
}
