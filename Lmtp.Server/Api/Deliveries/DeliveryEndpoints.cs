using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Storage.DeliveryLog;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Deliveries;

/// <summary><c>/api/v1/deliveries</c>: the delivery log.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this RouteGroupBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Deliveries");
        deliveries.MapGet("/", SearchAsync)
            .WithName("SearchDeliveries")
            .WithSummary("Searches the delivery log, the newest entries first.");
        deliveries.MapGet("/live", Watch)
            .WithName("WatchDeliveries")
            .WithSummary("Shows deliveries of this server as they end, as server-sent events named delivery, with heartbeats.")
            .Produces<string>(StatusCodes.Status200OK, DeliveryEventStream.MediaType)
            .ProducesValidationProblem();
        deliveries.MapGet("/{delivery:oid}", GetAsync)
            .WithName("GetDelivery")
            .WithSummary("Reads an entry of the delivery log: what became of a message for one recipient, and why.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<PageResponse<DeliverySummaryResponse>>, ValidationProblem>> SearchAsync(
        [AsParameters] DeliveryQueryParameters parameters,
        [AsParameters] PageQuery page,
        DeliveryLogStore log,
        IOptions<ApiOptions> options,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var query = parameters.ToQuery(errors);
        var size = page.Size(options.Value, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await log.SearchAsync(query, page.Cursor, size, cancellationToken);
        return TypedResults.Ok(new PageResponse<DeliverySummaryResponse>(
            [.. found.Items.Select(record => record.ToSummary())], found.NextCursor));
    }

    private static async Task<Results<Ok<DeliveryResponse>, ProblemHttpResult>> GetAsync(
        ObjectId delivery, DeliveryLogStore log, CancellationToken cancellationToken) =>
        await log.GetAsync(delivery, cancellationToken) is { } found
            ? TypedResults.Ok(found.ToResponse())
            : ApiProblem.NotFound("delivery");

    private static IResult Watch(
        [AsParameters] DeliveryQueryParameters parameters,
        DeliveryFeed feed,
        IOptions<ApiOptions> options,
        TimeProvider time,
        IHostApplicationLifetime lifetime)
    {
        var errors = new FieldErrors();
        var query = parameters.ToQuery(errors);
        return errors.Any
            ? errors.ToProblem()
            : new DeliveryEventStream(feed, query, options.Value.HeartbeatInterval, time, lifetime.ApplicationStopping);
    }
}
