using System.Collections.Concurrent;
using Lmtp.EmbeddedMongo.Engine.Files;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Engine;

/// <summary>This machine's files on a disk that fills up, fails, or keeps a reader waiting, as a test asks for.</summary>
internal sealed class FaultyFileSystem : IFileSystem
{
    private const int NoSpaceLeft = 28;
    private const int InputOutputError = 5;

    private static readonly DiskFileSystem Disk = DiskFileSystem.Instance;

    private readonly Lock _lock = new();
    private long _space = long.MaxValue;
    private int _flushesUntilFailure;

    /// <summary>Which files the faults concern. Default: all.</summary>
    public Func<string, bool> Concerns { get; set; } = _ => true;

    /// <summary>Whether files can be deleted.</summary>
    public bool RefusesDeletion { get; set; }

    /// <summary>Whether the names of files can be put on disk.</summary>
    public bool RefusesFlushingFolders { get; set; }

    /// <summary>Whether reading fails.</summary>
    public bool RefusesReading { get; set; }

    /// <summary>What a reader of many bytes waits for first; null for nothing.</summary>
    public Func<Task>? BeforeReadAsync { get; set; }

    /// <summary>What somebody who writes to, or deletes, a file waits for first; null for nothing.</summary>
    public Action<string>? BeforeChange { get; set; }

    /// <summary>The sizes of all writes, in bytes.</summary>
    public ConcurrentQueue<int> Writes { get; } = new();

    /// <summary>From now on only so many bytes can be written. A write that does not fit is done in part.</summary>
    public void LimitSpace(long bytes) => Interlocked.Exchange(ref _space, bytes);

    /// <summary>Lets one flush fail; those behind it succeed, as they do on Linux.</summary>
    /// <param name="number">1 for the next flush, and so on.</param>
    public void FailFlush(int number) => Interlocked.Exchange(ref _flushesUntilFailure, number);

    public IStorageFile Create(string path) => new FaultyFile(this, path, Disk.Create(path));

    public IStorageFile Open(string path) => new FaultyFile(this, path, Disk.Open(path));

    public void Delete(string path)
    {
        if (RefusesDeletion && Concerns(path))
        {
            throw new IOException("Input/output error", InputOutputError);
        }

        BeforeChange?.Invoke(path);
        Disk.Delete(path);
    }

    public void Replace(string from, string to) => Disk.Replace(from, to);

    public void FlushDirectory(string directory)
    {
        if (RefusesFlushingFolders)
        {
            throw new IOException("Input/output error", InputOutputError);
        }

        Disk.FlushDirectory(directory);
    }

    private sealed class FaultyFile(FaultyFileSystem system, string path, IStorageFile file) : IStorageFile
    {
        public int Read(Span<byte> buffer, long offset)
        {
            FailToRead();
            return file.Read(buffer, offset);
        }

        public async ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken)
        {
            FailToRead();
            await (system.BeforeReadAsync?.Invoke() ?? Task.CompletedTask);
            return await file.ReadAsync(buffer, offset, cancellationToken);
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            system.BeforeChange?.Invoke(path);
            if (!system.Concerns(path))
            {
                file.Write(bytes, offset);
                return;
            }

            system.Writes.Enqueue(bytes.Length);
            lock (system._lock)
            {
                int fitting = (int)Math.Min(bytes.Length, system._space);
                file.Write(bytes[..fitting], offset);
                system._space -= fitting;
                if (fitting < bytes.Length)
                {
                    throw new IOException("No space left on device", NoSpaceLeft);
                }
            }
        }

        public void SetLength(long length) => file.SetLength(length);

        public void Flush()
        {
            if (system.Concerns(path) && Interlocked.Decrement(ref system._flushesUntilFailure) == 0)
            {
                throw new IOException("Input/output error", InputOutputError);
            }

            file.Flush();
        }

        public void Dispose() => file.Dispose();

        private void FailToRead()
        {
            if (system.RefusesReading && system.Concerns(path))
            {
                throw new IOException("Input/output error", InputOutputError);
            }
        }
    }
}
