using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Engine.Files;
using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Engine;

/// <summary>A database in a folder of its own that is removed at the end.</summary>
internal sealed class TemporaryDatabase : IAsyncDisposable
{
    public static readonly Namespace Things = new("test", "things");

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("lmtp-engine-").FullName;

    public StorageEngine Engine { get; private set; } = null!;

    public int SegmentSize { get; init; } = 64 * 1024 * 1024;

    public Func<ReadOnlyMemory<byte>, Func<ReadOnlyMemory<byte>, bool>> CompileFilter { get; init; } =
        filter => document => new Lmtp.EmbeddedMongo.Bson.BsonSlice(document.Span)["x"u8].Type == Lmtp.EmbeddedMongo.Bson.BsonType.Boolean;

    public static async Task<TemporaryDatabase> OpenAsync(int segmentSize = 64 * 1024 * 1024, IFileSystem? files = null)
    {
        TemporaryDatabase database = new() { SegmentSize = segmentSize, Files = files ?? DiskFileSystem.Instance };
        await database.StartAsync();
        return database;
    }

    public static byte[] Document(int id, string more = "") => BsonDocument.Parse($"{{_id:{id}{(more.Length > 0 ? "," : "")}{more}}}").ToBson();

    public IFileSystem Files { get; init; } = DiskFileSystem.Instance;

    public TimeSpan MaintenanceInterval { get; init; } = TimeSpan.FromHours(1);

    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Nothing is flushed unless the test waits for it.</summary>
    public StorageOptions Options(string directory) => new()
    {
        Directory = directory,
        SegmentSize = SegmentSize,
        JournalInterval = TimeSpan.FromMinutes(1),
        MaintenanceInterval = MaintenanceInterval,
        CheckpointInterval = CheckpointInterval,
        CompileFilter = CompileFilter,
    };

    public Task<StorageEngine> OpenAsync(string directory, IFileSystem? files = null) => StorageEngine.OpenAsync(
        Options(directory) with { Files = files ?? DiskFileSystem.Instance },
        TimeProvider.System,
        NullLogger.Instance,
        TestContext.Current.CancellationToken);

    /// <summary>Copies the folder as a crash at this moment would leave it.</summary>
    public string CopyAsCrashed()
    {
        string copy = System.IO.Directory.CreateTempSubdirectory("lmtp-engine-crash-").FullName;
        foreach (string file in System.IO.Directory.EnumerateFiles(Directory).Where(file => Path.GetFileName(file) != "LOCK"))
        {
            using FileStream source = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using FileStream target = File.Create(Path.Combine(copy, Path.GetFileName(file)));
            source.CopyTo(target);
        }

        return copy;
    }

    public async Task StartAsync() => Engine = await OpenAsync(Directory, Files);

    public async Task RestartAsync()
    {
        await Engine.DisposeAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Engine is not null)
        {
            await Engine.DisposeAsync();
        }

        System.IO.Directory.Delete(Directory, true);
    }
}
