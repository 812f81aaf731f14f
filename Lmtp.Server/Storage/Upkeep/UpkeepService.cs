using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Upkeep;

/// <summary>
/// Does from time to time what WildDuck's task runner does, for those who run without it. Of several servers one does it
/// at a time, in small batches.
/// </summary>
internal sealed partial class UpkeepService(
    IEnumerable<IUpkeepTask> tasks,
    UpkeepLease lease,
    UpkeepMetrics metrics,
    IOptionsMonitor<StorageOptions> options,
    TimeProvider time,
    ILogger<UpkeepService> logger) : BackgroundService
{
    private readonly IUpkeepTask[] _tasks = [.. tasks];

    /// <summary>Goes over all there is, once; false where another server is at it.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (!await lease.TryHoldAsync(cancellationToken))
        {
            return false;
        }

        try
        {
            foreach (var task in _tasks)
            {
                await RunAsync(task, cancellationToken);
            }
        }
        finally
        {
            await lease.ReleaseAsync(CancellationToken.None);
        }

        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.CurrentValue.UpkeepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = options.CurrentValue.UpkeepInterval;
            if (!options.CurrentValue.Upkeep)
            {
                continue;
            }

            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is MongoException or TimeoutException)
            {
                LogAway(exception);
            }
        }
    }

    // A task that fails is tried again the next time and does not keep the others from running.
    private async Task RunAsync(IUpkeepTask task, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var removed = 0;
        Exception? failure = null;
        try
        {
            for (var count = -1; count != 0 && await lease.TryHoldAsync(cancellationToken);)
            {
                count = await task.RunBatchAsync(cancellationToken);
                removed += count;
                if (count > 0)
                {
                    LogProgress(task.Name, removed);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failure = exception;
            LogFailed(task.Name, exception);
        }

        var duration = time.GetElapsedTime(started);
        metrics.Ran(task.Name, removed, duration, failure);
        if (removed > 0)
        {
            LogDone(task.Name, removed, duration.TotalSeconds);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Upkeep, {Task}: {Removed} removed so far")]
    private partial void LogProgress(string task, int removed);

    [LoggerMessage(2, LogLevel.Information, "Upkeep, {Task}: {Removed} removed in {Seconds:F1} s")]
    private partial void LogDone(string task, int removed, double seconds);

    [LoggerMessage(3, LogLevel.Error, "Upkeep, {Task}: failed and is tried again the next time")]
    private partial void LogFailed(string task, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Upkeep waits: the database does not answer")]
    private partial void LogAway(Exception exception);
}
