using System.Collections.Concurrent;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery.Limits;

/// <summary>
/// The rules that hold for single subjects. Those in the database are remembered for seconds at most; those in the
/// document of a user are as fresh as the document.
/// </summary>
internal sealed class RateLimitOverrides(
    RateLimitOverrideStore store, IOptionsMonitor<RateLimitOptions> options, TimeProvider time)
{
    private const int MaxEntries = 100_000;
    private static readonly TimeSpan ReceivedPeriod = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (long Read, RateLimitRule? Rule)> _known = new(StringComparer.Ordinal);
    private (long Read, bool Any)? _any;

    /// <summary>The limits of a step with the rules that hold for the subject.</summary>
    /// <param name="subject">Whom they count for.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="user">The receiving user, when there is one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<RateLimitRequest>> ApplyAsync(
        LimitSubject subject, IEnumerable<RateLimit> limits, MailUser? user, CancellationToken cancellationToken)
    {
        var concerned = limits
            .Select(limit => (Limit: limit, Subject: limit.SubjectOf(subject)))
            .Where(entry => entry.Subject is not null)
            .ToList();
        await ReadAsync([.. concerned.Select(entry => IdOf(entry.Limit, entry.Subject!))], cancellationToken);
        var current = options.CurrentValue;
        var own = user is null ? [] : RateLimitOverrideStore.Of(user);
        return
        [
            .. concerned.Select(entry => new RateLimitRequest(
                entry.Limit,
                entry.Subject!,
                RuleOfUser(entry.Limit, user, own)
                    ?? Known(IdOf(entry.Limit, entry.Subject!))
                    ?? entry.Limit.RuleOf(current),
                entry.Limit.CostOf(subject))),
        ];
    }

    private static string IdOf(RateLimit limit, string subject) => $"{limit.Name}:{subject}";

    // Limits in the user's document are about what this user receives, not about what others send.
    private static RateLimitRule? RuleOfUser(RateLimit limit, MailUser? user, IReadOnlyList<RateLimitOverride> own)
    {
        if (own.FirstOrDefault(candidate => candidate.Id == limit.Name) is { } replacement
            && limit.SubjectOf(new LimitSubject { RecipientUser = string.Empty }) is not null
            && ToRule(replacement) is { } rule)
        {
            return rule;
        }

        return limit == RateLimits.Received && user is { ReceivedMax: > 0 and <= RateLimitRule.MaxCount }
            ? new RateLimitRule { Count = user.ReceivedMax, Period = ReceivedPeriod }
            : null;
    }

    private static RateLimitRule? ToRule(RateLimitOverride replacement)
    {
        var rule = new RateLimitRule { Count = replacement.Count, Period = replacement.Period };
        return rule.IsValid ? rule : null;
    }

    private RateLimitRule? Known(string id) => _known.TryGetValue(id, out var entry) ? entry.Rule : null;

    private async Task ReadAsync(List<string> ids, CancellationToken cancellationToken)
    {
        if (_any is not { } any || IsOld(any.Read))
        {
            any = (time.GetTimestamp(), await store.AnyAsync(cancellationToken));
            _any = any;
        }

        if (!any.Any)
        {
            _known.Clear();
            return;
        }

        var missing = ids.FindAll(id => !_known.TryGetValue(id, out var entry) || IsOld(entry.Read));
        if (missing.Count == 0)
        {
            return;
        }

        if (_known.Count > MaxEntries)
        {
            _known.Clear();
        }

        var read = time.GetTimestamp();
        var found = (await store.FindAsync(missing, cancellationToken)).ToDictionary(replacement => replacement.Id);
        foreach (var id in missing)
        {
            _known[id] = (read, found.TryGetValue(id, out var replacement) ? ToRule(replacement) : null);
        }
    }

    private bool IsOld(long read) => time.GetElapsedTime(read) >= options.CurrentValue.OverrideCacheTime;
}
