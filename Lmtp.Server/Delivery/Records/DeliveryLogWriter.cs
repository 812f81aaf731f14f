using System.Threading.Channels;
using Lmtp.Server.Delivery.Statistics;
using Lmtp.Server.Storage.DeliveryLog;
using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace Lmtp.Server.Delivery.Records;

/// <summary>
/// Writes the delivery log in batches, off the path of deliveries. While the database is away entries wait; when too many
/// do, further ones are dropped and counted. What waits when the server stops is written first.
/// </summary>
internal sealed partial class DeliveryLogWriter(
    DeliveryLogStore store,
    DeliveryFeed feed,
    StatisticsCollector statistics,
    DeliveryLogMetrics metrics,
    IOptionsMonitor<DeliveryLogOptions> options,
    TimeProvider time,
    ILogger<DeliveryLogWriter> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Channel<DeliveryRecord> _waiting = Channel.CreateBounded<DeliveryRecord>(
        new BoundedChannelOptions(options.CurrentValue.Capacity) { SingleReader = true });

    private long _dropped;
    private long _reported;

    /// <summary>How many entries were dropped because too many waited.</summary>
    public long DroppedEntries => Interlocked.Read(ref _dropped);

    /// <summary>How many entries wait to be written.</summary>
    public int WaitingEntries => _waiting.Reader.Count;

    /// <summary>
    /// Notes an entry and counts it; the watchers see it when it is written, so that it can be opened, or at once where no
    /// log is kept. Never waits.
    /// </summary>
    public void Write(DeliveryRecord record)
    {
        statistics.Count(record);
        if (!options.CurrentValue.Enabled)
        {
            feed.Publish(record);
        }
        else if (!_waiting.Writer.TryWrite(record))
        {
            Interlocked.Increment(ref _dropped);
            metrics.Dropped(1);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<DeliveryRecord> batch = [];
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                await GatherAsync(stoppingToken);
                Take(batch);
                await WriteUntilDoneAsync(batch, stoppingToken);
                batch.Clear();
                ReportDropped();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await FlushAsync(batch);
        }
    }

    // Few entries wait for more of them; a full batch goes at once.
    private async Task GatherAsync(CancellationToken cancellationToken)
    {
        var settings = options.CurrentValue;
        if (_waiting.Reader.Count < settings.BatchSize && settings.FlushInterval > TimeSpan.Zero)
        {
            await Task.Delay(settings.FlushInterval, time, cancellationToken);
        }
    }

    private void Take(List<DeliveryRecord> batch)
    {
        while (batch.Count < options.CurrentValue.BatchSize && _waiting.Reader.TryRead(out var record))
        {
            batch.Add(record);
        }
    }

    private async Task WriteUntilDoneAsync(List<DeliveryRecord> batch, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await WriteAsync(batch, cancellationToken);
                return;
            }
            catch (Exception exception) when (exception is MongoException or TimeoutException)
            {
                LogRetry(batch.Count + _waiting.Reader.Count, pause, exception);
                ReportDropped();
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    private async Task WriteAsync(List<DeliveryRecord> batch, CancellationToken cancellationToken)
    {
        await store.AddAsync(batch, options.CurrentValue.Retention, cancellationToken);
        metrics.Written(batch.Count);
        batch.ForEach(feed.Publish);
    }

    private async Task FlushAsync(List<DeliveryRecord> batch)
    {
        ReportDropped();
        using var timeout = new CancellationTokenSource(options.CurrentValue.StopTimeout, time);
        try
        {
            for (Take(batch); batch.Count > 0; Take(batch))
            {
                await WriteAsync(batch, timeout.Token);
                batch.Clear();
            }
        }
        catch (Exception exception)
        {
            var lost = batch.Count + _waiting.Reader.Count;
            metrics.Dropped(lost);
            LogLost(lost, exception);
        }
    }

    private void ReportDropped()
    {
        var dropped = DroppedEntries;
        if (dropped > _reported)
        {
            LogDropped(dropped - _reported);
            _reported = dropped;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} entries of the delivery log wait for the database; trying again in {Pause}")]
    private partial void LogRetry(int count, TimeSpan pause, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "{Count} entries of the delivery log were dropped: too many wait to be written")]
    private partial void LogDropped(long count);

    [LoggerMessage(3, LogLevel.Error, "{Count} entries of the delivery log were lost when the server stopped")]
    private partial void LogLost(int count, Exception exception);
}
