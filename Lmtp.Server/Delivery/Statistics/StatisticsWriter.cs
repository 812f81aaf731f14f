using System.Globalization;
using Lmtp.Server.Storage.Statistics;
using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace Lmtp.Server.Delivery.Statistics;

/// <summary>
/// Writes what was counted, in intervals. While the database is away counting goes on; what a server has counted when it
/// stops is written first.
/// </summary>
internal sealed partial class StatisticsWriter(
    StatisticsCollector collector,
    StatisticsStore store,
    IOptionsMonitor<StatisticsOptions> options,
    TimeProvider time,
    ILogger<StatisticsWriter> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly string _writer = string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N}");
    private readonly Queue<Entry> _waiting = [];
    private long _number;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.CurrentValue.FlushInterval, time, stoppingToken);
                await WriteUntilDoneAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await FlushAsync();
        }
    }

    private async Task WriteUntilDoneAsync(CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await WriteAsync(cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is MongoException or TimeoutException)
            {
                LogRetry(pause, exception);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
        {
            Take();
        }

        while (_waiting.TryPeek(out var entry))
        {
            await store.AddAsync(entry.Minute, entry.Counts, _writer, entry.Number, cancellationToken);
            _waiting.Dequeue();
        }
    }

    // What has a number never changes again: it may be in the database already when its acknowledgement was lost.
    private void Take()
    {
        foreach (var (minute, counts) in collector.Take())
        {
            if (options.CurrentValue.Enabled)
            {
                counts.KeepTopDomains(options.CurrentValue.MaxDomains);
                _waiting.Enqueue(new Entry(minute, counts, ++_number));
            }
        }
    }

    private async Task FlushAsync()
    {
        using var timeout = new CancellationTokenSource(options.CurrentValue.StopTimeout, time);
        try
        {
            await WriteAsync(timeout.Token);
            await WriteAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            LogLost(exception);
        }
    }

    private sealed record Entry(DateTimeOffset Minute, StatisticsCounts Counts, long Number);

    [LoggerMessage(1, LogLevel.Warning, "Statistics wait for the database; trying again in {Pause}")]
    private partial void LogRetry(TimeSpan pause, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The last statistics were lost when the server stopped")]
    private partial void LogLost(Exception exception);
}
