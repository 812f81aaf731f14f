using System.Threading.Channels;
using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Deliveries;

/// <summary>
/// Follows the deliveries while somebody watches, and hands them over a few times a second rather than one by one: a page
/// that is drawn for each of a thousand a second shows nothing.
/// </summary>
internal sealed class LiveDeliveries : IDisposable
{
    private const int Capacity = 500;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<DeliverySummaryResponse> _news = Channel.CreateBounded<DeliverySummaryResponse>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly LmtpApiClient _api;
    private readonly DeliverySearch _search;
    private readonly Func<Task> _begun;
    private readonly Func<IReadOnlyList<DeliverySummaryResponse>, Task> _show;

    /// <summary>Begins to follow.</summary>
    /// <param name="api">Where to ask.</param>
    /// <param name="search">Which deliveries.</param>
    /// <param name="begun">Told when deliveries are followed, before the first one is shown: what ended before is in the log.</param>
    /// <param name="show">Gets what is new, the oldest first.</param>
    /// <param name="fail">Gets what ended it, unless <see cref="Dispose"/> did.</param>
    public LiveDeliveries(
        LmtpApiClient api,
        DeliverySearch search,
        Func<Task> begun,
        Func<IReadOnlyList<DeliverySummaryResponse>, Task> show,
        Func<LmtpApiException, Task> fail)
    {
        _api = api;
        _search = search;
        _begun = begun;
        _show = show;
        Completion = RunAsync(fail);
    }

    /// <summary>Ends when nothing is followed any more; never fails.</summary>
    public Task Completion { get; }

    /// <summary>Ends it; what is under way is not waited for.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync(Func<LmtpApiException, Task> fail)
    {
        var stopped = _stop.Token;
        try
        {
            await Task.WhenAll(ReadAsync(stopped), ShowAsync(stopped));
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
        }
        catch (LmtpApiException problem)
        {
            await fail(problem);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var delivery in _api.WatchDeliveriesAsync(_search, _begun, cancellationToken))
            {
                _news.Writer.TryWrite(delivery);
            }

            throw new LmtpApiException("The mail server has ended the live view.");
        }
        catch (IOException exception)
        {
            throw new LmtpApiException("The connection to the mail server broke.", exception);
        }
        finally
        {
            _news.Writer.TryComplete();
        }
    }

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(Pace);
        while (await _news.Reader.WaitToReadAsync(cancellationToken))
        {
            List<DeliverySummaryResponse> batch = [];
            while (_news.Reader.TryRead(out var delivery))
            {
                batch.Add(delivery);
            }

            await _show(batch);
            await pace.WaitForNextTickAsync(cancellationToken);
        }
    }
}
