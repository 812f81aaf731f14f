using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lmtp.Server.Storage;

/// <summary>
/// Redis as far as it is there: none configured, not yet connected and away are the same to those who use it.
/// Connecting happens in the background and never holds up a start or a delivery.
/// </summary>
public sealed partial class RedisConnection(
    IServiceProvider services,
    IConfiguration configuration,
    IOptions<StorageOptions> options,
    ILogger<RedisConnection> logger) : BackgroundService
{
    private volatile IConnectionMultiplexer? _connection;

    /// <summary>Whether a Redis is configured at all.</summary>
    public bool IsConfigured { get; } =
        !string.IsNullOrEmpty(configuration.GetConnectionString("redis"))
        || !string.IsNullOrEmpty(configuration["Aspire:StackExchange:Redis:ConnectionString"])
        || !string.IsNullOrEmpty(configuration["Aspire:StackExchange:Redis:redis:ConnectionString"]);

    /// <summary>Whether commands can be sent now.</summary>
    public bool IsConnected => _connection is { IsConnected: true };

    /// <summary>The database for commands, or null while there is no connection.</summary>
    public IDatabase? Database =>
        _connection is { IsConnected: true } connection
            ? connection.GetDatabase(options.Value.RedisDatabase ?? -1)
            : null;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsConfigured)
        {
            LogNotConfigured();
            return;
        }

        // Making the multiplexer blocks for as long as the server does not answer.
        await Task.Yield();
        try
        {
            _connection = await Task.Run(services.GetRequiredService<IConnectionMultiplexer>, stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotConnected(exception);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "No Redis is configured: counters and notifications are left out")]
    private partial void LogNotConfigured();

    [LoggerMessage(2, LogLevel.Error, "Redis cannot be used: counters and notifications are left out")]
    private partial void LogNotConnected(Exception exception);
}
