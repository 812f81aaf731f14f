using Microsoft.Win32.SafeHandles;

namespace Lmtp.EmbeddedMongo.Engine.Files;

/// <summary>The files of this machine.</summary>
internal sealed class DiskFileSystem : IFileSystem
{
    private DiskFileSystem()
    {
    }

    /// <summary>The only one.</summary>
    public static DiskFileSystem Instance { get; } = new();

    /// <inheritdoc/>
    public IStorageFile Create(string path) =>
        new DiskFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read));

    /// <inheritdoc/>
    public IStorageFile Open(string path) =>
        new DiskFile(File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));

    /// <inheritdoc/>
    public void Delete(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void Replace(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void FlushDirectory(string directory) => DirectorySync.Flush(directory);

    private sealed class DiskFile(SafeFileHandle handle) : IStorageFile
    {
        public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

        public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken) =>
            RandomAccess.ReadAsync(handle, buffer, offset, cancellationToken);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

        public void SetLength(long length) => RandomAccess.SetLength(handle, length);

        public void Flush() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();
    }
}
