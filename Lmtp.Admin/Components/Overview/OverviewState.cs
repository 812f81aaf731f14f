using Lmtp.Contracts;

namespace Lmtp.Admin.Components.Overview;

/// <summary>Everything that the overview shows, as it was at one time.</summary>
/// <param name="Time">When it was read.</param>
/// <param name="Statistics">What happened within the time that is shown.</param>
/// <param name="Rate">Attempts to deliver a second, over the last minutes.</param>
/// <param name="Current">What waits and what is stored.</param>
public sealed record OverviewState(
    DateTimeOffset Time, StatisticsResponse Statistics, double Rate, CurrentStatisticsResponse Current)
{
    private static readonly TimeSpan RateTime = TimeSpan.FromMinutes(1);

    internal static async Task<OverviewState> ReadAsync(
        LmtpApiClient api, OverviewRange range, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var statistics = range.ReadAsync(api, now, cancellationToken);
        var current = api.GetCurrentStatisticsAsync(cancellationToken);
        var recent = api.GetStatisticsAsync(now - RateTime, step: (int)RateTime.TotalSeconds, cancellationToken: cancellationToken);
        await Task.WhenAll(statistics, current, recent);
        var last = await recent;
        var attempts = last.Total.Outcomes.Values.Sum();
        return new OverviewState(now, await statistics, attempts / Math.Max(1, (now - last.From).TotalSeconds), await current);
    }
}
