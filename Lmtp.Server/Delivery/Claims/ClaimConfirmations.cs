using System.Threading.Channels;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Claims;

/// <summary>
/// Forgets claims of which the client certainly has the answer, in batches and off the path of deliveries. One that is
/// lost here, at a crash or because there are too many, costs nothing but a longer memory for retries.
/// </summary>
internal sealed partial class ClaimConfirmations(
    ClaimStore claims, PendingTokens tokens, ILogger<ClaimConfirmations> logger) : BackgroundService
{
    private const int Capacity = 16_384;
    private const int BatchSize = 256;

    private readonly Channel<DeliveryClaim> _confirmed = Channel.CreateBounded<DeliveryClaim>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Notes that the client has the answer. Never waits.</summary>
    public void Confirm(DeliveryClaim claim) => _confirmed.Writer.TryWrite(claim);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<DeliveryClaim>(BatchSize);
        while (await _confirmed.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < BatchSize && _confirmed.Reader.TryRead(out var claim))
            {
                batch.Add(claim);
            }

            await ForgetAsync(batch, stoppingToken);
            batch.Clear();
        }
    }

    private async Task ForgetAsync(List<DeliveryClaim> batch, CancellationToken cancellationToken)
    {
        try
        {
            await tokens.RemoveAsync(batch, cancellationToken);
            await claims.RemoveConfirmedAsync([.. batch.Select(claim => claim.Key)], cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(batch.Count, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} confirmed deliveries stay remembered until the sweeper comes")]
    private partial void LogFailed(int count, Exception exception);
}
