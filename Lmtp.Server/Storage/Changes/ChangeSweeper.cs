using Microsoft.Extensions.Options;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Looks, at start and from time to time, for changes of messages, mailboxes and users that nobody has completed. Any number of servers may do
/// this at once.
/// </summary>
internal sealed partial class ChangeSweeper(
    ChangeStore changes,
    ChangeRecovery recovery,
    IOptions<StorageOptions> options,
    TimeProvider time,
    ILogger<ChangeSweeper> logger) : BackgroundService
{
    private const int BatchSize = 256;

    /// <summary>Goes over all there is, once.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        for (var count = BatchSize; count == BatchSize;)
        {
            var expired = await changes.FindExpiredAsync(null, BatchSize, cancellationToken);
            foreach (var change in expired)
            {
                await recovery.RecoverAsync(change, cancellationToken);
            }

            count = expired.Count;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Warning, "Unfinished changes could not be completed; this is tried again")]
    private partial void LogFailed(Exception exception);
}
