using System.Buffers.Binary;
using Lmtp.EmbeddedMongo.Engine.Files;

namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>
/// The log: segments that are only ever appended to. A frame is in the operating system's hands when
/// <see cref="Append"/> returns, so that it survives the end of this process; <see cref="Flush"/> puts it on disk.
/// </summary>
/// <remarks>
/// After the first error nothing more is appended. What was appended before is still flushed, unless flushing itself is
/// what failed: from then on nobody knows what the disk has, and a later flush that succeeds would prove nothing.
/// </remarks>
internal sealed partial class SegmentLog : IDisposable
{
    private readonly Lock _appendLock = new();
    private readonly Lock _flushLock = new();
    private readonly SegmentSet _segments = new();
    private readonly IFileSystem _files;
    private readonly ILogger _logger;
    private readonly string _directory;
    private readonly int _segmentSize;
    private Segment _active;
    private byte[] _catalog;
    private long _durable;
    private StorageException? _failure;
    private StorageException? _flushFailure;

    /// <summary>Continues a recovered log, or begins one.</summary>
    /// <param name="options">Folder, files and segment size.</param>
    /// <param name="recovered">The segments that recovery found, in their order.</param>
    /// <param name="catalog">The catalog as recovered.</param>
    /// <param name="logger">Where the first failure is told.</param>
    /// <exception cref="IOException">A new log cannot be begun.</exception>
    public SegmentLog(StorageOptions options, IReadOnlyList<Segment> recovered, byte[] catalog, ILogger logger)
    {
        _files = options.Files;
        _logger = logger;
        _directory = options.Directory;
        _segmentSize = Math.Min(options.SegmentSize, RecordLocation.MaxSegmentSize);
        _catalog = catalog;
        foreach (Segment segment in recovered)
        {
            _segments.Add(segment);
        }

        _durable = recovered.Count == 0 ? 0 : recovered[^1].End;
        _active = recovered.Count == 0 ? Begin(1, 0) : recovered[^1];
    }

    /// <summary>The log position after the last frame.</summary>
    public long End => Volatile.Read(ref _active).End;

    /// <summary>The log position up to which everything is on disk.</summary>
    public long Durable => Volatile.Read(ref _durable);

    /// <summary>Why nothing more is written; null while all is well.</summary>
    public StorageException? Failure => Volatile.Read(ref _failure);

    /// <summary>Why nothing more gets on disk, not even what was appended; null while all is well.</summary>
    public StorageException? FlushFailure => Volatile.Read(ref _flushFailure);

    /// <summary>The segment that is written to.</summary>
    public Segment Active => Volatile.Read(ref _active);

    /// <summary>The segments.</summary>
    public SegmentSet Segments => _segments;

    /// <summary>Appends a frame.</summary>
    /// <exception cref="StorageException">It could not be written; the log is as it was.</exception>
    public AppendedFrame Append(FrameBuilder frame)
    {
        lock (_appendLock)
        {
            RequireWritable();
            try
            {
                if (_active.Length > FrameFormat.SegmentHeaderSize && _active.Length + frame.Length > _segmentSize)
                {
                    Roll();
                }

                return Write(_active, frame);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw AppendFailed(exception);
            }
        }
    }

    /// <summary>Appends a new state of the catalog.</summary>
    /// <exception cref="StorageException">It could not be written; the log is as it was.</exception>
    public LogPosition AppendCatalog(byte[] catalog)
    {
        lock (_appendLock)
        {
            FrameBuilder frame = new();
            frame.Add(LogOperation.Catalog, 0, 0, catalog);
            LogPosition end = Append(frame).End;
            _catalog = catalog;
            return end;
        }
    }

    /// <summary>Puts everything appended so far on disk.</summary>
    /// <exception cref="StorageException">The disk reports an error, or did so once before.</exception>
    public void Flush()
    {
        // One flush at a time: the system reports an error only once, and not to somebody who comes a moment later.
        lock (_flushLock)
        {
            if (FlushFailure is { } earlier)
            {
                throw StorageException.Again(earlier);
            }

            // A segment is flushed before the next one is begun, so the active one is all there is to flush.
            Segment segment = Active;
            long end = segment.End;
            try
            {
                segment.File.Flush();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                StorageException failure = Fail(exception);
                Volatile.Write(ref _flushFailure, failure);
                throw failure;
            }

            Volatile.Write(ref _durable, end);
        }
    }

    /// <summary>
    /// Cuts off what was appended and never got on disk, after a flush has failed. Without it the next start would find the
    /// writes whole in the system's memory and take them for durable, although their clients were told that they failed.
    /// </summary>
    public void DiscardUnflushed()
    {
        lock (_appendLock)
        {
            long lost = _active.End - Durable;
            _active.Length -= lost;
            UnflushedDiscarded(_logger, lost, _active.Path, _active.Length);
            try
            {
                if (_active.Length > 0)
                {
                    _active.File.SetLength(_active.Length);
                    return;
                }

                _segments.Remove(_active);
                _active.Dispose();
                _files.Delete(_active.Path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                DiscardFailed(_logger, _active.Path, exception);
            }
        }
    }

    /// <summary>Removes a segment whose records have all been moved, after a durable note of it.</summary>
    /// <exception cref="StorageException">The note could not be made, or the folder not be put on disk.</exception>
    /// <exception cref="IOException">The file could not be deleted; the segment stays.</exception>
    public void Retire(Segment segment)
    {
        FrameBuilder frame = new();
        frame.Add(LogOperation.Retire, 0, segment.Number, default);
        Append(frame);
        Flush();

        _files.Delete(segment.Path);
        _segments.Remove(segment);
        segment.Dispose();
        try
        {
            // That the file is gone must be on disk before anything is left out because no older segment exists.
            _files.FlushDirectory(_directory);
        }
        catch (IOException exception)
        {
            throw Fail(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Segment segment in _segments.All)
        {
            segment.Dispose();
        }
    }

    private AppendedFrame Write(Segment segment, FrameBuilder frame)
    {
        long offset = segment.Length;
        segment.File.Write(frame.Complete(segment.Start + offset, Durable), offset);
        segment.Length = offset + frame.Length;
        return new AppendedFrame(segment, offset, new LogPosition(segment.End));
    }

    private void Roll()
    {
        Flush();
        Volatile.Write(ref _active, Begin(_active.Number + 1, _active.End));
    }

    // Every segment begins with the catalog and the list of segments, so that recovery may start with any of them.
    private Segment Begin(int number, long start)
    {
        Segment segment = Segment.Create(_files, _directory, number, start);
        try
        {
            FrameBuilder frame = new();
            int[] numbers = [.. _segments.All.Select(existing => existing.Number), number];
            byte[] list = new byte[sizeof(int) * numbers.Length];
            for (int i = 0; i < numbers.Length; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(list.AsSpan(sizeof(int) * i), numbers[i]);
            }

            frame.Add(LogOperation.Segments, 0, 0, list);
            frame.Add(LogOperation.Catalog, 0, 0, _catalog);
            Write(segment, frame);
        }
        catch
        {
            segment.Dispose();
            _files.Delete(segment.Path);
            throw;
        }

        _segments.Add(segment);
        return segment;
    }

    private void RequireWritable()
    {
        if (Failure is { } failure)
        {
            throw StorageException.Again(failure);
        }
    }

    // What was written of the frame is cut off again. Where even that fails, recovery does it: the frame is not whole.
    private StorageException AppendFailed(Exception exception)
    {
        StorageException failure = Fail(exception);
        try
        {
            _active.File.SetLength(_active.Length);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            DiscardFailed(_logger, _active.Path, second);
        }

        return failure;
    }

    private StorageException Fail(Exception exception)
    {
        StorageException failure = StorageException.ReadOnly(exception);
        if (Interlocked.CompareExchange(ref _failure, failure, null) is { } first)
        {
            return StorageException.Again(first);
        }

        BecameReadOnly(_logger, failure.Message, exception);
        return failure;
    }

    [LoggerMessage(5, LogLevel.Critical, "{Reason}; writes are refused until the server is started again")]
    private static partial void BecameReadOnly(ILogger logger, string reason, Exception exception);

    [LoggerMessage(6, LogLevel.Critical, "{Lost} bytes that never got on disk are taken back from {File}, which ends at {Offset} now")]
    private static partial void UnflushedDiscarded(ILogger logger, long lost, string file, long offset);

    [LoggerMessage(7, LogLevel.Critical, "What could not be written is not cut off {File} yet; the next start does it")]
    private static partial void DiscardFailed(ILogger logger, string file, Exception exception);
}
