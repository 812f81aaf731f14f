using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Lmtp.Server.RateLimiting;

/// <summary>
/// Checks limits in Redis, which all servers share: all limits of a step by one script in one round trip.
/// </summary>
/// <param name="server">Redis.</param>
/// <param name="options">The options.</param>
/// <param name="metrics">Counts checks.</param>
/// <param name="time">Limits how long a check takes.</param>
/// <param name="logger">Hears when Redis goes away.</param>
public sealed partial class RateLimiter(
    RateLimitServer server,
    IOptionsMonitor<RateLimitOptions> options,
    RateLimitMetrics metrics,
    TimeProvider time,
    ILogger<RateLimiter> logger)
{
    // One hash tag, so that the keys of a step are together also in a cluster.
    private const string KeyPrefix = "lmtp:{limits}:";

    /// <summary>Whether mail is refused while Redis does not answer.</summary>
    public bool FailsClosed => options.CurrentValue.FailClosed;

    /// <summary>Checks limits and, when all have room, counts what is used.</summary>
    /// <param name="requests">The limits; those without a limit are left out.</param>
    /// <param name="isDryRun">Whether nothing is counted.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<RateLimitResult> CheckAsync(
        IEnumerable<RateLimitRequest> requests, bool isDryRun, CancellationToken cancellationToken)
    {
        var limits = requests.Where(request => request.Rule.IsLimit && request.Cost > 0).ToList();
        if (limits.Count == 0)
        {
            return RateLimitResult.Free;
        }

        var result = await TryCheckAsync(limits, isDryRun, cancellationToken);
        if (!isDryRun)
        {
            metrics.Checked(result, limits);
        }

        return result;
    }

    /// <summary>Forgets what a subject has used of a limit.</summary>
    /// <returns>Whether Redis answered.</returns>
    public async Task<bool> ResetAsync(RateLimit limit, string subject, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limit);
        if (server.Database() is not { } database)
        {
            return false;
        }

        try
        {
            await database.KeyDeleteAsync(KeyOf(limit, subject)).WaitAsync(options.CurrentValue.Timeout, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (IsAway(exception))
        {
            LogUnavailable(exception);
            return false;
        }
    }

    private static bool IsAway(Exception exception) => exception is RedisException or TimeoutException or ObjectDisposedException;

    private static string KeyOf(RateLimit limit, string subject) => $"{KeyPrefix}{limit.Name}:{subject}";

    private async Task<RateLimitResult> TryCheckAsync(
        List<RateLimitRequest> limits, bool isDryRun, CancellationToken cancellationToken)
    {
        if (server.Database() is not { } database)
        {
            return new RateLimitResult([], IsUnavailable: true, IsAllowed: !FailsClosed);
        }

        try
        {
            var answer = (RedisResult[])(await database
                .ScriptEvaluateAsync(RateLimitScript.Text, KeysOf(limits), ArgumentsOf(limits, isDryRun))
                .WaitAsync(options.CurrentValue.Timeout, time, cancellationToken))!;
            var readings = limits
                .Select((request, index) => new RateLimitReading(
                    request, (long)answer[2 * index], TimeSpan.FromMicroseconds((long)answer[(2 * index) + 1])))
                .ToList();
            return new RateLimitResult(readings, IsUnavailable: false, IsAllowed: !readings.Exists(reading => reading.IsExceeded));
        }
        catch (Exception exception) when (IsAway(exception))
        {
            LogUnavailable(exception);
            return new RateLimitResult([], IsUnavailable: true, IsAllowed: !FailsClosed);
        }
    }

    private static RedisKey[] KeysOf(List<RateLimitRequest> limits) =>
        [.. limits.Select(request => (RedisKey)KeyOf(request.Limit, request.Subject))];

    private static RedisValue[] ArgumentsOf(List<RateLimitRequest> limits, bool isDryRun)
    {
        var arguments = new List<RedisValue>((limits.Count * 3) + 1) { isDryRun ? 0 : 1 };
        foreach (var request in limits)
        {
            arguments.Add(request.Rule.Count);
            arguments.Add(request.Rule.Interval);

            // What is larger than the whole limit would never pass: it does when nothing else was used.
            arguments.Add(Math.Min(request.Cost, request.Rule.Count));
        }

        return [.. arguments];
    }

    [LoggerMessage(1, LogLevel.Warning, "Rate limits could not be checked")]
    private partial void LogUnavailable(Exception exception);
}
