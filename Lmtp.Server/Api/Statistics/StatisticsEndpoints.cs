using Lmtp.Contracts;
using Lmtp.Server.Api.Problems;
using Lmtp.Server.Api.Status;
using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Storage.Statistics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Api.Statistics;

/// <summary><c>/api/v1/statistics</c>: what happened over time, at all servers together.</summary>
internal static class StatisticsEndpoints
{
    public static void MapStatistics(this RouteGroupBuilder api)
    {
        var statistics = api.MapGroup("/statistics").WithTags("Statistics");
        statistics.MapGet("/", GetAsync)
            .WithName("GetStatistics")
            .WithSummary("Counts deliveries by outcome, messages, bytes, sessions, latency and recipient domains over time.");
        statistics.MapGet("/current", GetCurrentAsync)
            .WithName("GetCurrentStatistics")
            .WithSummary("Tells what waits in queues and what is stored just now.");
    }

    private static async Task<Results<Ok<StatisticsResponse>, ValidationProblem>> GetAsync(
        [AsParameters] StatisticsRange range,
        StatisticsStore store,
        IOptionsMonitor<StatisticsOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var buckets = range.Resolve(time.GetUtcNow(), options.CurrentValue.MinuteRetention, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var found = await store.ReadAsync(buckets.Source, buckets.From, buckets.To, cancellationToken);
        return TypedResults.Ok(buckets.ToResponse(buckets.AddUp(found)));
    }

    private static async Task<Ok<CurrentStatisticsResponse>> GetCurrentAsync(
        QueueDepths queues,
        StorageCensus census,
        DeliveryLogWriter log,
        LmtpStatistics sessions,
        CancellationToken cancellationToken)
    {
        var outgoing = queues.CountOutgoingAsync(cancellationToken);
        var plans = queues.CountPlansAsync(cancellationToken);
        var stored = await census.ReadAsync(cancellationToken);
        return TypedResults.Ok(new CurrentStatisticsResponse
        {
            ActiveSessions = sessions.Read().ActiveSessions,
            Queues = new QueueDepthsResponse(log.WaitingEntries, await outgoing, await plans),
            Storage = stored is { } count ? count.Sample.ToResponse(count.Time) : null,
        });
    }
}
