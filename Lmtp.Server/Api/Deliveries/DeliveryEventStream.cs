using System.Text.Json;
using Lmtp.Contracts;
using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Storage.DeliveryLog;

namespace Lmtp.Server.Api.Deliveries;

/// <summary>
/// Deliveries as server-sent events (WHATWG HTML, section 9.2). A comment line now and then shows both ends, and what
/// lies between them, that the connection lives. It ends with the server.
/// </summary>
internal sealed class DeliveryEventStream(
    DeliveryFeed feed, DeliveryLogQuery query, TimeSpan heartbeat, TimeProvider time, CancellationToken stopping) : IResult
{
    public const string MediaType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var response = httpContext.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";

        // nginx would gather the events otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            using var watch = feed.Watch(query);
            await SendAsync(response, ": watching\n\n"u8.ToArray(), ended.Token);
            await RelayAsync(response, watch, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
    }

    private async Task RelayAsync(HttpResponse response, DeliveryWatch watch, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await NextAsync(watch, cancellationToken))
            {
                while (watch.Entries.TryRead(out var record))
                {
                    await SendAsync(response, EventOf(record), cancellationToken);
                }
            }
            else
            {
                await SendAsync(response, ": heartbeat\n\n"u8.ToArray(), cancellationToken);
            }
        }
    }

    private static async Task SendAsync(HttpResponse response, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(bytes, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private static byte[] EventOf(DeliveryRecord record) =>
    [
        .. "event: delivery\nid: "u8,
        .. System.Text.Encoding.ASCII.GetBytes(record.Id.ToString()),
        .. "\ndata: "u8,
        .. JsonSerializer.SerializeToUtf8Bytes(record.ToSummary(), LmtpJsonContext.Default.DeliverySummaryResponse),
        .. "\n\n"u8,
    ];

    /// <summary>Whether there is an entry; false when it is time for a heartbeat.</summary>
    private async Task<bool> NextAsync(DeliveryWatch watch, CancellationToken cancellationToken)
    {
        using var pause = new CancellationTokenSource(heartbeat, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
        try
        {
            return await watch.Entries.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
