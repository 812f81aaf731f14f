using Lmtp.Server.Storage.Statistics;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery.Statistics;

/// <summary>Has what is stored counted from time to time, by one of the servers, and hours that are over rolled up.</summary>
internal sealed partial class StorageCounting(
    StorageCensus census,
    StatisticsStore store,
    StatisticsCollector collector,
    IOptionsMonitor<StatisticsOptions> options,
    TimeProvider time,
    ILogger<StorageCounting> logger) : BackgroundService
{
    /// <summary>How far back hours are looked for; servers may have been away for as long.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(2);

    /// <summary>What a minute's counts may be late.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            if (options.CurrentValue.Enabled)
            {
                await TryCountAsync(stoppingToken);
            }

            await Task.Delay(options.CurrentValue.StorageInterval, time, stoppingToken);
        }
    }

    private async Task TryCountAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await census.CountIfDueAsync(options.CurrentValue.StorageInterval, cancellationToken) is { } sample)
            {
                collector.Note(sample);
                var now = time.GetUtcNow();
                await store.TrimAsync(now - LookBack, StatisticsStore.StartOf(StatisticsStep.Hour, now - Grace), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What is stored could not be counted")]
    private partial void LogFailed(Exception exception);
}
