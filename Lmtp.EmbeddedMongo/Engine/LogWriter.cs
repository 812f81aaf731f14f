using Lmtp.EmbeddedMongo.Engine.Log;

namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>The log, its commit loop, and the accounts of which parts of the log are still current.</summary>
/// <param name="Log">The log.</param>
/// <param name="Commits">Its commit loop.</param>
internal sealed record LogWriter(SegmentLog Log, CommitLoop Commits)
{
    /// <summary>Appends a frame and sees to it that it is flushed in time.</summary>
    /// <exception cref="StorageException">It could not be written.</exception>
    public AppendedFrame Append(FrameBuilder frame)
    {
        AppendedFrame appended = Log.Append(frame);
        Commits.NoteAppended();
        return appended;
    }

    /// <summary>Appends the catalog and sees to it that it is flushed in time.</summary>
    public LogPosition AppendCatalog(byte[] catalog)
    {
        LogPosition end = Log.AppendCatalog(catalog);
        Commits.NoteAppended();
        return end;
    }

    /// <summary>Accounts for a record that is in a new place.</summary>
    /// <param name="from">Where it was; none for a new record.</param>
    /// <param name="to">Where it is; none for a deleted one.</param>
    public void Moved(RecordLocation from, RecordLocation to)
    {
        if (!from.IsNone)
        {
            Log.Segments.Find(from.Segment)?.AddLiveBytes(-from.SizeHint);
        }

        if (!to.IsNone)
        {
            Log.Segments.Find(to.Segment)?.AddLiveBytes(to.SizeHint);
        }
    }
}
