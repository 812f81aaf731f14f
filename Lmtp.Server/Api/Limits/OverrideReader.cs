using Lmtp.Contracts;
using Lmtp.Server.Delivery.Limits;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Api.Limits;

/// <summary>Finds the rule that a path means.</summary>
internal sealed class OverrideReader(RateLimits limits, RateLimitOverrideStore store, UserStore users)
{
    /// <summary>The limit of this name, or null.</summary>
    public RateLimit? LimitOf(string name) => limits.Find(name);

    /// <summary>What a path means; null when there is no such limit, or it can have no such subject.</summary>
    public OverrideTarget? Target(string name, string subject) =>
        limits.Find(name) is { } limit
        && subject.Length <= SubjectRules.MaxLength
        && LimitSubjects.Parse(limit.Party, subject) is { } known
            ? new OverrideTarget(limit, known)
            : null;

    /// <summary>The rule that is set; null when there is none.</summary>
    public async Task<RateLimitOverride?> FindAsync(OverrideTarget target, CancellationToken cancellationToken) =>
        (await store.FindAsync([target.Id], cancellationToken)) is [var found, ..] ? found : null;

    /// <summary>The user whom the rule is for; null when it is for nobody, or for somebody who is gone.</summary>
    public async Task<MailUser?> UserAsync(OverrideTarget target, CancellationToken cancellationToken) =>
        target.Limit.Party == LimitedParty.RecipientUser
            ? await users.GetAsync(ObjectId.Parse(target.Subject), cancellationToken)
            : null;

    /// <summary>The rule as it is answered.</summary>
    public async Task<RateLimitOverrideResponse> ToResponseAsync(
        OverrideTarget target, RateLimitOverride rule, CancellationToken cancellationToken) =>
        rule.ToResponse(target.Limit, await UserAsync(target, cancellationToken));
}
