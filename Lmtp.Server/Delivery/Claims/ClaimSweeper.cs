using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Claims;

/// <summary>
/// Looks, at start and from time to time, for deliveries that their server did not finish: what is stored is completed,
/// what is not is undone. Any number of servers may do this at once.
/// </summary>
internal sealed partial class ClaimSweeper(
    ClaimStore claims,
    ClaimRecovery recovery,
    PendingTokens tokens,
    IOptions<StorageOptions> options,
    TimeProvider time,
    ILogger<ClaimSweeper> logger) : BackgroundService, IAbandonedDeliveries
{
    private const int BatchSize = 256;

    /// <summary>Goes over all there is, once.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        for (var count = BatchSize; count == BatchSize;)
        {
            var expired = await claims.FindExpiredAsync(BatchSize, cancellationToken);
            foreach (var claim in expired)
            {
                await RecoverAsync(claim, cancellationToken);
            }

            count = expired.Count;
        }

        for (var count = BatchSize; count == BatchSize;)
        {
            var unsettled = await claims.FindUnsettledAsync(BatchSize, cancellationToken);
            await SettleAsync(unsettled, cancellationToken);
            count = unsettled.Count;
        }

        for (var count = BatchSize; count == BatchSize;)
        {
            var closed = await claims.FindUncheckedAsync(BatchSize, cancellationToken);
            await CheckAsync(closed, cancellationToken);
            count = closed.Count;
        }
    }

    // What was begun here and broken off is done again, by this server or another one, or by two at once. The tokens of
    // deliveries that changed hands are therefore not removed but exchanged, and go when these are looked at once more.
    private async Task SettleAsync(List<DeliveryClaim> unsettled, CancellationToken cancellationToken)
    {
        foreach (var claim in unsettled.Where(HasChangedHands))
        {
            if (!await claims.TakeUnsettledAsync(claim, cancellationToken))
            {
                continue;
            }

            await recovery.SettleAsync(claim.Key, claim.Plan, cancellationToken);
            if (await claims.MarkSettledAsync([claim], cancellationToken) == 0 && await IsCheckedAsync(claim, cancellationToken))
            {
                await recovery.UnsettleAsync(claim.Key, claim.Plan, cancellationToken);
            }
        }

        var unchanged = unsettled.Where(claim => !HasChangedHands(claim)).ToList();
        if (unchanged.Count > 0)
        {
            await tokens.RemoveAsync(unchanged, cancellationToken);
            await claims.MarkSettledAsync(unchanged, cancellationToken);
        }

        static bool HasChangedHands(DeliveryClaim claim) => claim is { Epoch: > 0, Plan.StoresMessage: true };
    }

    // Then another server was done with the claim while this one was held up.
    private async Task<bool> IsCheckedAsync(DeliveryClaim claim, CancellationToken cancellationToken) =>
        await claims.FindAsync([claim.Key], cancellationToken) is not [{ IsChecked: false }];

    // Looks once more, long after, at what is done with: a server that was held up may have gone on where it was.
    private async Task CheckAsync(List<DeliveryClaim> closed, CancellationToken cancellationToken)
    {
        var stored = closed.Where(claim => claim.State == ClaimState.Stored && claim.Plan.StoresMessage).ToList();
        foreach (var claim in stored)
        {
            await recovery.TakeBackLateAsync(claim.Key, claim.Plan, cancellationToken);
        }

        await tokens.RemoveSettledAsync(stored, cancellationToken);

        foreach (var claim in closed.Where(claim => claim.State == ClaimState.Aborted))
        {
            if (!await claims.ReopenAsync(claim, claim.Plan, cancellationToken))
            {
                continue;
            }

            if (await recovery.TryFinishAsync(claim.Key, claim.Plan, claim.Epoch + 1, cancellationToken))
            {
                LogFinished(claim.Plan.MessageId.ToString());
            }
            else
            {
                await recovery.AbortAsync(claim.Key, claim.Plan, claim.Epoch + 1, cancellationToken);
                await recovery.RemoveUploadsAsync(claim.Key, claim.Plan, cancellationToken);
            }
        }

        await claims.MarkCheckedAsync([.. closed.Select(claim => claim.Key)], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyCollection<BsonBinaryData>> RecoverAsync(
        IReadOnlyCollection<BsonBinaryData> keys, CancellationToken cancellationToken)
    {
        var active = new HashSet<BsonBinaryData>();
        foreach (var claim in await claims.FindAsync(keys, cancellationToken))
        {
            if (claim.State == ClaimState.Open
                && (claim.LeaseUntil > time.GetUtcNow() || !await RecoverAsync(claim, cancellationToken)))
            {
                active.Add(claim.Key);
            }
        }

        return [.. keys.Where(key => !active.Contains(key))];
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

    // False where somebody else was faster.
    private async Task<bool> RecoverAsync(DeliveryClaim claim, CancellationToken cancellationToken)
    {
        if (!await claims.TakeOverAsync(claim, cancellationToken))
        {
            return false;
        }

        var epoch = claim.Epoch + 1;
        if (await recovery.TryFinishAsync(claim.Key, claim.Plan, epoch, cancellationToken))
        {
            LogFinished(claim.Plan.MessageId.ToString());
        }
        else
        {
            await recovery.AbortAsync(claim.Key, claim.Plan, epoch, cancellationToken);
            LogUndone(claim.Plan.MessageId.ToString());
        }

        return true;
    }

    [LoggerMessage(1, LogLevel.Warning, "Completed the delivery of message {MessageId}, which another process had left")]
    private partial void LogFinished(string messageId);

    [LoggerMessage(2, LogLevel.Warning, "Undid the delivery of message {MessageId}, which another process had left")]
    private partial void LogUndone(string messageId);

    [LoggerMessage(3, LogLevel.Warning, "Unfinished deliveries could not be looked after; this is tried again")]
    private partial void LogFailed(Exception exception);
}
