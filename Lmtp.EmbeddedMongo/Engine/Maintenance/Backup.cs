using Lmtp.EmbeddedMongo.Engine.Files;
using Lmtp.EmbeddedMongo.Engine.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lmtp.EmbeddedMongo.Engine.Maintenance;

/// <summary>
/// Copies a database, whether a server uses it or not. The log is only ever appended to, so its segments as they are at one
/// moment are a database as a crash at that moment would leave it, and every write acknowledged before is in it.
/// </summary>
internal static class Backup
{
    private const int MaxAttempts = 5;

    /// <summary>Copies a database into an empty folder and opens the copy once, which checks all of it.</summary>
    /// <param name="options">Where the database is and how it works.</param>
    /// <param name="directory">The folder; made where it is missing.</param>
    /// <param name="cancellationToken">Gives up; what was copied so far stays.</param>
    /// <returns>How many bytes were copied.</returns>
    /// <exception cref="IOException">The folder is not empty, there is no database, or a file cannot be read or written.</exception>
    /// <exception cref="CorruptDataException">The database is damaged.</exception>
    public static async Task<long> CopyAsync(StorageOptions options, string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        if (Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new IOException($"the folder {directory} is not empty");
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                long copied = await CopySegmentsAsync(options.Directory, directory, cancellationToken);
                StorageOptions copy = options with { Directory = directory };
                await using StorageEngine engine = await StorageEngine.OpenAsync(copy, TimeProvider.System, NullLogger.Instance, cancellationToken);
                return copied;
            }
            catch (Exception exception) when (attempt < MaxAttempts && exception is FileNotFoundException or CorruptDataException)
            {
                // Compaction took a segment away between two looks at the folder; damage is still there at the last attempt.
                Array.ForEach(Directory.GetFiles(directory), File.Delete);
            }
        }
    }

    private static async Task<long> CopySegmentsAsync(string source, string target, CancellationToken cancellationToken)
    {
        List<(FileStream File, long Length, string Name)> segments = [];
        try
        {
            // All are opened before the first is read: what is open can be read even if compaction deletes it meanwhile.
            foreach ((int number, string path) in Segment.List(source))
            {
                FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                segments.Add((file, file.Length, Segment.PathOf(target, number)));
            }

            if (segments.Count == 0)
            {
                throw new IOException($"the folder {source} holds no database");
            }

            foreach ((FileStream file, long length, string name) in segments)
            {
                await CopyAsync(file, length, name, cancellationToken);
            }

            DirectorySync.Flush(target);
            return segments.Sum(segment => segment.Length);
        }
        finally
        {
            segments.ForEach(segment => segment.File.Dispose());
        }
    }

    // A server may append to the file while it is read; what it had at the beginning is whole.
    private static async Task CopyAsync(FileStream source, long length, string target, CancellationToken cancellationToken)
    {
        const int BufferSize = 1024 * 1024;
        await using FileStream copy = new(target, FileMode.CreateNew, FileAccess.Write);
        byte[] buffer = new byte[BufferSize];
        while (copy.Length < length)
        {
            int wanted = (int)Math.Min(BufferSize, length - copy.Position);
            int read = await source.ReadAsync(buffer.AsMemory(0, wanted), cancellationToken);
            if (read == 0)
            {
                break;
            }

            await copy.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        copy.Flush(flushToDisk: true);
    }
}
