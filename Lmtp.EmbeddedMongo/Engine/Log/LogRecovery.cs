using System.Buffers.Binary;
using Lmtp.EmbeddedMongo.Engine.Files;

namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>
/// Reads the segments of a folder from a position on and checks them. A write that was cut off at the very end is
/// removed; damage to anything that was once known to be on disk is reported, not repaired.
/// </summary>
internal sealed partial class LogRecovery
{
    private readonly string _directory;
    private readonly IFileSystem _files;
    private readonly OperationVisitor _visitor;
    private readonly ILogger _logger;
    private readonly HashSet<int> _expected = [];

    /// <summary>Prepares a recovery.</summary>
    /// <param name="options">The folder and its files.</param>
    /// <param name="catalog">The catalog as known at the position to start at; empty for none.</param>
    /// <param name="visitor">Receives the operations.</param>
    /// <param name="logger">Where a cut is told.</param>
    public LogRecovery(StorageOptions options, byte[] catalog, OperationVisitor visitor, ILogger logger)
    {
        Catalog = catalog;
        _directory = options.Directory;
        _files = options.Files;
        _visitor = visitor;
        _logger = logger;
    }

    /// <summary>The catalog as the last record of it says; empty where there is none.</summary>
    public byte[] Catalog { get; private set; }

    /// <summary>Reads the log.</summary>
    /// <param name="from">The log position to start at; everything before it is known already.</param>
    /// <param name="until">The log position to end at, where what stands behind it is known not to count.</param>
    /// <returns>The segments, opened, in their order.</returns>
    /// <exception cref="CorruptDataException">A segment is damaged or missing.</exception>
    public List<Segment> Run(long from, long until = long.MaxValue)
    {
        List<Segment> segments = [];
        List<(int Number, string Path)> files = Segment.List(_directory);
        for (int i = 0; i < files.Count; i++)
        {
            bool last = i == files.Count - 1;
            if (ReadSegment(files[i].Number, files[i].Path, last, (from, until)) is { } segment)
            {
                segments.Add(segment);
            }
        }

        foreach (int number in _expected.Except(segments.Select(segment => segment.Number)))
        {
            throw new CorruptDataException(Segment.PathOf(_directory, number), 0, "the file is missing");
        }

        return segments;
    }

    private Segment? ReadSegment(int number, string path, bool last, (long From, long Until) range)
    {
        long length = new FileInfo(path).Length;
        if (!TryReadHeader(path, number, out long start))
        {
            return last ? RemoveUnfinished(path, number) : throw new CorruptDataException(path, 0, "the segment's header is wrong");
        }

        if (start >= range.Until)
        {
            return null;
        }

        if (!last && start + length <= range.From)
        {
            return Segment.Open(_files, number, path, start, length);
        }

        byte[] bytes = File.ReadAllBytes(path);
        bytes = bytes.Length > range.Until - start ? bytes[..(int)(range.Until - start)] : bytes;
        int end = ReadFrames(new SegmentBytes(number, path, start, bytes), last, range.From);
        if (end < bytes.Length)
        {
            CutTail(path, end, bytes.Length - end);
        }

        if (end == FrameFormat.SegmentHeaderSize && last && number > 1)
        {
            return RemoveUnfinished(path, number);
        }

        return Segment.Open(_files, number, path, start, end);
    }

    private static bool TryReadHeader(string path, int number, out long start)
    {
        byte[] header = new byte[FrameFormat.SegmentHeaderSize];
        using FileStream file = File.OpenRead(path);
        int read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return FrameFormat.TryReadSegmentHeader(header.AsSpan(0, read), out int stored, out start) && stored == number;
    }

    // A segment that was begun when the process ended: its predecessor was flushed before, and nothing in it was.
    private Segment? RemoveUnfinished(string path, int number)
    {
        byte[] bytes = File.ReadAllBytes(path);
        for (int offset = FrameFormat.SegmentHeaderSize; offset < bytes.Length; offset += FrameFormat.Alignment)
        {
            if (FrameFormat.TryReadFrameHeader(bytes.AsSpan(offset), out FrameHeader header)
                && header.DurablePosition > header.Position - offset)
            {
                throw new CorruptDataException(path, 0, "the beginning of the segment is damaged");
            }
        }

        _expected.Remove(number);
        CutTail(path, 0, bytes.Length);
        _files.Delete(path);
        return null;
    }

    private int ReadFrames(SegmentBytes segment, bool last, long from)
    {
        int offset = FrameFormat.SegmentHeaderSize;
        while (offset < segment.Bytes.Length)
        {
            if (!segment.TryReadFrame(offset, out FrameHeader header))
            {
                ThrowIfDamaged(segment, offset, last);
                return offset;
            }

            segment.Visit(offset, header, (operation, _) => Note(operation));
            if (segment.Start + offset >= from)
            {
                segment.Visit(offset, header, _visitor);
            }

            offset += FrameFormat.FrameHeaderSize + header.BodyLength;
        }

        return offset;
    }

    private void Note(OperationSlice operation)
    {
        switch (operation.Kind)
        {
            case LogOperation.Catalog:
                Catalog = operation.Data.ToArray();
                break;
            case LogOperation.Retire:
                _expected.Remove((int)operation.Record);
                break;
            case LogOperation.Segments:
                _expected.Clear();
                for (int i = 0; i + 4 <= operation.Data.Length; i += 4)
                {
                    _expected.Add(BinaryPrimitives.ReadInt32LittleEndian(operation.Data[i..]));
                }

                break;
        }
    }

    // Each frame says up to where the log was on disk when it was written. Whatever is bad before that is damage; what is
    // bad after it was never acknowledged and is the rest of a write that was cut off.
    private static void ThrowIfDamaged(SegmentBytes segment, int offset, bool last)
    {
        if (!last)
        {
            throw new CorruptDataException(segment.Path, offset, "a record is damaged");
        }

        for (int next = offset + FrameFormat.Alignment; next < segment.Bytes.Length; next += FrameFormat.Alignment)
        {
            if (FrameFormat.TryReadFrameHeader(segment.Bytes.AsSpan(next), out FrameHeader header)
                && header.Position == segment.Start + next && header.DurablePosition > segment.Start + offset)
            {
                throw new CorruptDataException(segment.Path, offset, "a record is damaged");
            }
        }
    }

    private void CutTail(string path, long length, long cut)
    {
        TailCut(_logger, cut, path, length);
        using IStorageFile file = _files.Open(path);
        file.SetLength(length);
        file.Flush();
    }

    [LoggerMessage(2, LogLevel.Warning, "Cut {Cut} bytes of an unfinished write off {File} at offset {Offset}")]
    private static partial void TailCut(ILogger logger, long cut, string file, long offset);
}
