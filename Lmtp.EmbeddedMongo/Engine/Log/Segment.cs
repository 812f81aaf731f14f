using System.Globalization;
using Lmtp.EmbeddedMongo.Engine.Files;

namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>One file of the log.</summary>
internal sealed class Segment : IDisposable
{
    private const string Extension = ".seg";

    private long _length;
    private long _liveBytes;

    private Segment(int number, string path, long start, long length, IStorageFile file)
    {
        Number = number;
        Path = path;
        Start = start;
        _length = length;
        File = file;
    }

    /// <summary>The segment's number, ascending in the order of writing.</summary>
    public int Number { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The log position of the file's first byte.</summary>
    public long Start { get; }

    /// <summary>The open file.</summary>
    public IStorageFile File { get; }

    /// <summary>The bytes written so far.</summary>
    public long Length
    {
        get => Volatile.Read(ref _length);
        set => Volatile.Write(ref _length, value);
    }

    /// <summary>The log position after the last byte.</summary>
    public long End => Start + Length;

    /// <summary>About how many bytes belong to records that are still current.</summary>
    public long LiveBytes => Volatile.Read(ref _liveBytes);

    /// <summary>The path of a segment's file.</summary>
    public static string PathOf(string directory, int number) =>
        System.IO.Path.Combine(directory, number.ToString("D8", CultureInfo.InvariantCulture) + Extension);

    /// <summary>The segments of a folder, in their order.</summary>
    public static List<(int Number, string Path)> List(string directory)
    {
        List<(int Number, string Path)> found = [];
        foreach (string path in Directory.EnumerateFiles(directory, "*" + Extension))
        {
            if (int.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                found.Add((number, path));
            }
        }

        found.Sort();
        return found;
    }

    /// <summary>Makes a new segment with its header.</summary>
    /// <exception cref="IOException">The file cannot be written; none is left behind.</exception>
    public static Segment Create(IFileSystem files, string directory, int number, long start)
    {
        string path = PathOf(directory, number);
        IStorageFile file = files.Create(path);
        try
        {
            Span<byte> header = stackalloc byte[FrameFormat.SegmentHeaderSize];
            FrameFormat.WriteSegmentHeader(header, number, start);
            file.Write(header, 0);
            files.FlushDirectory(directory);
            return new Segment(number, path, start, FrameFormat.SegmentHeaderSize, file);
        }
        catch
        {
            file.Dispose();
            files.Delete(path);
            throw;
        }
    }

    /// <summary>Opens a segment that recovery has checked.</summary>
    public static Segment Open(IFileSystem files, int number, string path, long start, long length) =>
        new(number, path, start, length, files.Open(path));

    /// <summary>Reads an operation, which is not checked yet.</summary>
    /// <returns>The operation and whatever stands behind it; less where the file ends before.</returns>
    public byte[] ReadOperation(RecordLocation location)
    {
        byte[] bytes = Read(location.Offset, location.SizeHint);
        int needed = bytes.Length < FrameFormat.OperationHeaderSize
            ? 0
            : FrameFormat.OperationHeaderSize + FrameFormat.DataLength(bytes);
        bool larger = needed > location.SizeHint && needed <= Length - location.Offset;
        return larger ? Read(location.Offset, needed) : bytes;
    }

    /// <summary>Counts bytes that have become, or ceased to be, part of a current record.</summary>
    public void AddLiveBytes(long change) => Interlocked.Add(ref _liveBytes, change);

    /// <inheritdoc/>
    public void Dispose() => File.Dispose();

    private byte[] Read(long offset, int size)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Math.Clamp(Length - offset, 0, size));
        int total = 0;
        while (total < bytes.Length)
        {
            int read = File.Read(bytes.AsSpan(total), offset + total);
            if (read == 0)
            {
                return bytes[..total];
            }

            total += read;
        }

        return bytes;
    }
}
