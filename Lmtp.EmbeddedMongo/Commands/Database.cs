using Lmtp.EmbeddedMongo.Commands.Reading;
using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Engine.Files;
using Lmtp.EmbeddedMongo.Query.Planning;

namespace Lmtp.EmbeddedMongo.Commands;

/// <summary>The storage engine together with what queries over it need. Opened before clients are served.</summary>
/// <param name="options">The data directory.</param>
/// <param name="files">The file system that it is on.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where recovery and failures are told.</param>
internal sealed class Database(
    EmbeddedMongoOptions options, IFileSystem files, TimeProvider time, ILogger<StorageEngine> logger) : IHostedService, IAsyncDisposable
{
    private readonly PartialFilterCache _filters = new();
    private StorageEngine? _engine;

    /// <summary>The storage engine, once it is open.</summary>
    public StorageEngine Engine => _engine ?? throw new InvalidOperationException("the storage is not open yet");

    /// <summary>How the storage engine works under the server's settings.</summary>
    /// <param name="options">The server's settings.</param>
    /// <param name="filters">Compiles the filters of partial indexes.</param>
    /// <returns>The engine's options.</returns>
    public static StorageOptions ToStorageOptions(EmbeddedMongoOptions options, PartialFilterCache filters) => new()
    {
        Directory = Path.GetFullPath(options.Data),
        JournalInterval = TimeSpan.FromMilliseconds(options.JournalInterval),
        MaintenanceInterval = options.ExpiryInterval,
        CompileFilter = filters.Compile,
    };

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken) =>
        _engine = await StorageEngine.OpenAsync(ToStorageOptions(options, _filters) with { Files = files }, time, logger, cancellationToken);

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // The host disposes what it knows under two names twice.
        if (Interlocked.Exchange(ref _engine, null) is { } engine)
        {
            await engine.DisposeAsync();
        }
    }

    /// <summary>Plans a query.</summary>
    /// <param name="ns">Database and collection.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="context">The command.</param>
    /// <returns>The planned query.</returns>
    public PreparedQuery Prepare(Namespace ns, QueryRequest request, CommandContext context) =>
        Prepare(Engine.Find(ns), request, context);

    /// <summary>Plans a query.</summary>
    /// <param name="collection">The collection; null when there is none.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="context">The command.</param>
    /// <returns>The planned query.</returns>
    public PreparedQuery Prepare(Collection? collection, QueryRequest request, CommandContext context) =>
        new(collection, request, _filters, context);

    /// <summary>Waits for the disk where the command's write concern asks for it.</summary>
    /// <param name="position">The end of the command's last write.</param>
    /// <param name="context">The command.</param>
    /// <returns>A task that ends when the command may be answered.</returns>
    public ValueTask WaitAsync(LogPosition position, CommandContext context) =>
        position.Value > 0 && WriteConcern.Parse(context.Document("writeConcern")).IsJournaled
            ? Engine.WaitDurableAsync(position, context.CancellationToken)
            : ValueTask.CompletedTask;
}
