using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Claims;

/// <summary>
/// Keeps the claims of one delivery while it goes on: a large message may take longer than a lease that is short enough
/// for another server to take over soon. When the lease cannot be renewed in time the delivery has to stop.
/// </summary>
internal sealed partial class ClaimLease : IAsyncDisposable
{
    // Nothing is written any more when the lease is about to end and another server may take over.
    private const double UsablePart = 0.8;
    private const double RenewalsPerLease = 3;

    private readonly ClaimStore _claims;
    private readonly IReadOnlyList<DeliveryJob> _jobs;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PeriodicTimer _timer;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;

    /// <summary>Begins to renew.</summary>
    /// <param name="claims">Where the claims are.</param>
    /// <param name="jobs">The jobs of the delivery; those that have no claim yet, or none any more, are left out.</param>
    /// <param name="duration">How long a claim belongs to its server.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes failures, which the next attempt may make good.</param>
    public ClaimLease(ClaimStore claims, IReadOnlyList<DeliveryJob> jobs, TimeSpan duration, TimeProvider time, ILogger logger)
    {
        _claims = claims;
        _jobs = jobs;
        _duration = duration;
        _time = time;
        _logger = logger;
        _timer = new PeriodicTimer(duration / RenewalsPerLease, time);
        _lost = new CancellationTokenSource(duration * UsablePart, time);
        _renewing = RenewAsync();
    }

    /// <summary>Cancelled when the claims may soon be another server's.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _ended.CancelAsync();
        await _renewing;
        _ended.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        while (await _timer.WaitForNextTickAsync(CancellationToken.None))
        {
            await RenewOnceAsync();
        }
    }

    private async Task RenewOnceAsync()
    {
        var started = _time.GetTimestamp();
        try
        {
            var held = _jobs.Where(IsHeld).ToList();
            var renewed = held.Count == 0 ? 0 : await _claims.RenewAsync([.. held.Select(job => job.Key!)], _ended.Token);
            if (renewed >= held.Count(IsHeld))
            {
                var left = (_duration * UsablePart) - _time.GetElapsedTime(started);
                _lost.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
        }
        catch (OperationCanceledException)
        {
            // The delivery is over.
        }
        catch (Exception exception)
        {
            LogNotRenewed(exception);
        }
    }

    private static bool IsHeld(DeliveryJob job) => job is { IsPending: true, Epoch: not null };

    [LoggerMessage(1, LogLevel.Warning, "The claims of a delivery could not be renewed; it goes on until they end")]
    private partial void LogNotRenewed(Exception exception);
}
