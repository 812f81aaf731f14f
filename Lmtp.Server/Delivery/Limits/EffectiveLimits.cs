using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Limits;

/// <summary>The limits as they are for one subject just now. Looking at them counts nothing.</summary>
internal sealed class EffectiveLimits(RateLimiter limiter, RateLimits limits, RateLimitOverrides overrides)
{
    /// <summary>The limits of these kinds for the subject, with what is used of them and the wait for one more.</summary>
    /// <param name="name">The name of the subject.</param>
    /// <param name="parties">The kinds of subjects that this name stands for.</param>
    /// <param name="user">The user, where the subject is one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The readings, and whether Redis answered: where not, nothing seems to be used.</returns>
    public async Task<(IReadOnlyList<RateLimitReading> Readings, bool IsAvailable)> ReadAsync(
        string name, IReadOnlyList<LimitedParty> parties, MailUser? user, CancellationToken cancellationToken)
    {
        var requests = new List<RateLimitRequest>();
        foreach (var party in parties)
        {
            requests.AddRange(await overrides.ReadAsync(
                LimitSubject.Of(party, name), limits.All.Where(limit => limit.Party == party), user, cancellationToken));
        }

        var result = await limiter.CheckAsync(requests.Select(request => request with { Cost = 1 }), isDryRun: true, cancellationToken);
        var readings = requests.Select(request =>
            result.Readings.FirstOrDefault(reading => reading.Request.Limit == request.Limit)
                ?? new RateLimitReading(request, 0, TimeSpan.Zero));
        return ([.. readings], !result.IsUnavailable);
    }

    /// <summary>Forgets what a subject has used; false when Redis does not answer.</summary>
    public Task<bool> ResetAsync(RateLimit limit, string name, CancellationToken cancellationToken) =>
        limiter.ResetAsync(limit, name, cancellationToken);
}
