using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Lmtp.Contracts;

public sealed partial class LmtpApiClient
{
    private const string DeliveryEvent = "delivery";

    /// <summary>Searches the delivery log, the newest entries first.</summary>
    /// <param name="search">What to look for.</param>
    /// <param name="cursor">Where to go on, from the page before; null for the newest.</param>
    /// <param name="limit">How many at most, 1 to 250; null takes the server's default.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<PageResponse<DeliverySummaryResponse>> SearchDeliveriesAsync(
        DeliverySearch search, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            Query("api/v1/deliveries", [.. Parameters(search), ("cursor", cursor), ("limit", limit)]),
            Json.PageResponseDeliverySummaryResponse,
            cancellationToken);

    /// <summary>Reads one entry of the delivery log.</summary>
    /// <param name="delivery">The entry's id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<DeliveryResponse> GetDeliveryAsync(string delivery, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/deliveries/{Segment(delivery)}", Json.DeliveryResponse, cancellationToken);

    /// <summary>Shows the deliveries of the server that answers, as they end, until the connection breaks.</summary>
    /// <param name="search">Which ones.</param>
    /// <param name="begun">
    /// Awaited once the server watches: what ends from then on comes, and what ended before is in the log; null for nothing.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<DeliverySummaryResponse> WatchDeliveriesAsync(
        DeliverySearch search, Func<Task>? begun = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Query("api/v1/deliveries/live", [.. Parameters(search)]));
        using var response = await SendAsync(request, cancellationToken);
        await (begun?.Invoke() ?? Task.CompletedTask);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var events = SseParser.Create(
            stream,
            (type, data) => type == DeliveryEvent
                ? JsonSerializer.Deserialize(data, Json.DeliverySummaryResponse)
                : null);
        await foreach (var item in events.EnumerateAsync(cancellationToken))
        {
            if (item.Data is { } delivery)
            {
                yield return delivery;
            }
        }
    }

    private static IEnumerable<(string Name, object? Value)> Parameters(DeliverySearch search) =>
    [
        ("recipient", search.Recipient),
        ("sender", search.Sender),
        ("queueId", search.QueueId),
        ("messageId", search.MessageId),
        ("session", search.Session),
        ("user", search.User),
        .. search.Outcomes.Select(outcome => ("outcome", (object?)outcome)),
        ("from", search.From?.ToString("O", CultureInfo.InvariantCulture)),
        ("before", search.Before?.ToString("O", CultureInfo.InvariantCulture)),
    ];
}
