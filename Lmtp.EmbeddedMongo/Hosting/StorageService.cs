using Lmtp.EmbeddedMongo.Engine;
using Lmtp.EmbeddedMongo.Query.Planning;

namespace Lmtp.EmbeddedMongo.Hosting;

/// <summary>Opens the storage before clients are served, and closes it after the last one is gone.</summary>
/// <param name="options">The data directory.</param>
/// <param name="filters">Compiles the filters of partial indexes.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where recovery and failures are told.</param>
internal sealed class StorageService(
    EmbeddedMongoOptions options,
    PartialFilterCache filters,
    TimeProvider time,
    ILogger<StorageEngine> logger) : IHostedService, IAsyncDisposable
{
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
        _engine = await StorageEngine.OpenAsync(ToStorageOptions(options, filters), time, logger, cancellationToken);

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }
    }
}
