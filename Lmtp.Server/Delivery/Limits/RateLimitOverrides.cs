using System.Collections.Concurrent;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.RateLimiting.Limits;
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
        var concerned = Concerned(subject, limits);
        await RememberAsync([.. concerned.Select(entry => entry.Id)], cancellationToken);
        return Resolve(subject, concerned, user, id => _known.TryGetValue(id, out var entry) ? entry.Rule : null);
    }

    /// <summary>As <see cref="ApplyAsync"/>, but from the database as it is now.</summary>
    public async Task<IReadOnlyList<RateLimitRequest>> ReadAsync(
        LimitSubject subject, IEnumerable<RateLimit> limits, MailUser? user, CancellationToken cancellationToken)
    {
        var concerned = Concerned(subject, limits);
        var found = await FindAsync([.. concerned.Select(entry => entry.Id)], cancellationToken);
        return Resolve(subject, concerned, user, found.GetValueOrDefault);
    }

    private static List<(RateLimit Limit, string Name, string Id)> Concerned(LimitSubject subject, IEnumerable<RateLimit> limits) =>
    [
        .. from limit in limits
           let name = subject.NameOf(limit.Party)
           where name is not null
           select (limit, name, RateLimitOverride.IdOf(limit.Name, name)),
    ];

    private List<RateLimitRequest> Resolve(
        LimitSubject subject,
        List<(RateLimit Limit, string Name, string Id)> concerned,
        MailUser? user,
        Func<string, RateLimitRule?> overrideOf)
    {
        var current = options.CurrentValue;
        var own = user is null ? [] : RateLimitOverrideStore.Of(user);
        return concerned.ConvertAll(entry =>
        {
            var (rule, source) = overrideOf(entry.Id) is { } replacement
                ? (replacement, RateLimitSource.Override)
                : RuleOfUser(entry.Limit, user, own)
                    ?? (current.RuleOf(entry.Limit), current.IsSet(entry.Limit) ? RateLimitSource.Configuration : RateLimitSource.Default);
            return new RateLimitRequest(entry.Limit, entry.Name, rule, entry.Limit.CostOf(subject)) { Source = source };
        });
    }

    // Limits in the user's document are about what this user receives, not about what others send.
    private static (RateLimitRule Rule, RateLimitSource Source)? RuleOfUser(
        RateLimit limit, MailUser? user, IReadOnlyList<RateLimitOverride> own)
    {
        if (limit.Party == LimitedParty.RecipientUser
            && own.FirstOrDefault(candidate => candidate.Id == limit.Name) is { } replacement
            && ToRule(replacement) is { } rule)
        {
            return (rule, RateLimitSource.UserDocument);
        }

        return limit is RecipientUserMessages && user is { ReceivedMax: > 0 and <= RateLimitRule.MaxCount }
            ? (new RateLimitRule { Count = user.ReceivedMax, Period = ReceivedPeriod }, RateLimitSource.ReceivedMax)
            : null;
    }

    private static RateLimitRule? ToRule(RateLimitOverride replacement)
    {
        var rule = new RateLimitRule { Count = replacement.Count, Period = replacement.Period };
        return rule.IsValid ? rule : null;
    }

    private async Task RememberAsync(List<string> ids, CancellationToken cancellationToken)
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
        var found = await FindAsync(missing, cancellationToken);
        foreach (var id in missing)
        {
            _known[id] = (read, found.GetValueOrDefault(id));
        }
    }

    private async Task<Dictionary<string, RateLimitRule?>> FindAsync(List<string> ids, CancellationToken cancellationToken) =>
        (await store.FindAsync(ids, cancellationToken)).ToDictionary(replacement => replacement.Id, ToRule);

    private bool IsOld(long read) => time.GetElapsedTime(read) >= options.CurrentValue.OverrideCacheTime;
}
