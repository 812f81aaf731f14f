using Lmtp.Server.Delivery.Forwarding;
using Lmtp.Server.Delivery.Limits;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>
/// Finds out who a recipient is and whether that user may receive mail. Steps: normalise, exact, plus-tag and dots,
/// domain alias, wildcard, catch-all user.
/// </summary>
internal sealed class RecipientResolver(
    AddressStore addresses, UserStore users, AddressCache cache, DomainCheck domains, QuotaPolicy quota, DeliveryLimits limits, LocalTargets localTargets)
{
    /// <summary>Resolves an address as the client gave it, and checks the quota against the announced size.</summary>
    public Task<RecipientVerdict> ResolveAsync(
        MailTransaction transaction, ForwardPath forwardPath, CancellationToken cancellationToken) =>
        NotedAsync(transaction, forwardPath, cancellationToken);

    /// <summary>Resolves an address for somebody who only asks: nothing is counted, and nothing remembered is believed.</summary>
    public Task<RecipientVerdict> ExplainAsync(ForwardPath forwardPath, CancellationToken cancellationToken) =>
        NotedAsync(null, forwardPath, cancellationToken);

    private async Task<RecipientVerdict> NotedAsync(
        MailTransaction? transaction, ForwardPath forwardPath, CancellationToken cancellationToken)
    {
        var steps = new List<ResolutionStep>();
        var verdict = await ResolveAsync(transaction, forwardPath, steps, cancellationToken);
        return verdict with
        {
            Resolution = steps,
            Recipient = verdict.Recipient is { } recipient
                ? recipient with { Given = forwardPath.Address, Resolution = steps }
                : null,
        };
    }

    private static RecipientVerdict Unknown(List<ResolutionStep> steps, string step, string reason)
    {
        steps.Add(new ResolutionStep(step, reason));
        return new RecipientVerdict(DeliveryStatus.UnknownRecipient);
    }

    private static string NameOf(AddressMatchKind kind) => kind switch
    {
        AddressMatchKind.Exact => "exact",
        AddressMatchKind.DomainAlias => "domain_alias",
        AddressMatchKind.Wildcard => "wildcard",
        _ => "catch_all",
    };

    private async Task<RecipientVerdict> ResolveAsync(
        MailTransaction? transaction, ForwardPath forwardPath, List<ResolutionStep> steps, CancellationToken cancellationToken)
    {
        // A wildcard in the address itself would match the stored key literally.
        if (forwardPath.Address.Contains('*', StringComparison.Ordinal))
        {
            return Unknown(steps, "wildcard", "An address with an asterisk is nobody's.");
        }

        var address = MailAddressNormalizer.Normalize(forwardPath.Address);
        var key = MailAddressNormalizer.ForLookup(forwardPath.Address);
        steps.Add(new ResolutionStep("normalise", address));
        steps.Add(new ResolutionStep("lookup", key));
        if (transaction is not null && cache.Find(key) is { } cached)
        {
            steps.Add(new ResolutionStep("cache", cached.Address.ToString()));
            return await VerdictAsync(transaction, forwardPath, steps, cached.Address, cached.User, cancellationToken);
        }

        if (!await domains.IsServedAsync(address, cancellationToken))
        {
            return Unknown(steps, "domain", "The domain is not served here.");
        }

        if (await addresses.ResolveAsync(forwardPath.Address, cancellationToken) is not { } match)
        {
            return Unknown(steps, "none", "No address, alias, wildcard or catch-all user matches.");
        }

        steps.Add(new ResolutionStep(NameOf(match.Kind), match.Entry.Address));
        if (match.Entry.User is not { } user)
        {
            return match.Entry is { IsForwarding: true, IsForwardingDisabled: false }
                ? await ForwardAsync(transaction, forwardPath, steps, match.Entry, cancellationToken)
                : Unknown(steps, "forward", "The address forwards nowhere.");
        }

        if (match.Kind == AddressMatchKind.Exact)
        {
            cache.Store(key, match.Entry);
        }

        return await VerdictAsync(transaction, forwardPath, steps, match.Entry.Id, user, cancellationToken);
    }

    private async Task<RecipientVerdict> VerdictAsync(
        MailTransaction? transaction,
        ForwardPath forwardPath,
        List<ResolutionStep> steps,
        ObjectId addressId,
        ObjectId userId,
        CancellationToken cancellationToken)
    {
        steps.Add(new ResolutionStep("user", userId.ToString()));
        var user = await users.GetAsync(userId, cancellationToken);
        var verdict = user switch
        {
            null => Unknown(steps, "user", "The user of this address is gone."),
            { IsDisabled: true } => new RecipientVerdict(DeliveryStatus.MailboxDisabled),
            _ when await quota.CheckAsync(user, transaction?.DeclaredSize ?? 0, cancellationToken) is { } refusal =>
                new RecipientVerdict(refusal)
                {
                    Limits = [await quota.ReadAsync(user, transaction?.DeclaredSize ?? 0, cancellationToken)],
                },
            _ => await CheckLimitsAsync(transaction, forwardPath, addressId, user, cancellationToken),
        };
        return verdict with { User = userId };
    }

    private async Task<RecipientVerdict> ForwardAsync(
        MailTransaction? transaction,
        ForwardPath forwardPath,
        List<ResolutionStep> steps,
        MailAddressEntry address,
        CancellationToken cancellationToken)
    {
        var (delivered, handled, refusal) = await localTargets.FindAsync(address, transaction?.DeclaredSize ?? 0, cancellationToken);
        steps.AddRange(handled.Select(user => new ResolutionStep(delivered.Contains(user) ? "target" : "target_left_out", user)));
        if (refusal is { } status)
        {
            return new RecipientVerdict(status);
        }

        var verdict = await CheckLimitsAsync(transaction, forwardPath, address.Id, null, cancellationToken);
        return verdict with
        {
            Recipient = verdict.Recipient is { } recipient
                ? recipient with
                {
                    LocalTargets = delivered,
                    HandledTargets = handled,
                    ForwardsElsewhere = LocalTargets.Remaining(address, handled).Targets.Count > 0,
                }
                : null,
        };
    }

    // The last of all checks: what is refused for another reason is not counted.
    private async Task<RecipientVerdict> CheckLimitsAsync(
        MailTransaction? transaction,
        ForwardPath forwardPath,
        ObjectId addressId,
        MailUser? user,
        CancellationToken cancellationToken)
    {
        var address = MailAddressNormalizer.Normalize(forwardPath.Address);
        var recipient = new ResolvedRecipient(
            address, user?.Id.ToString() ?? string.Empty, addressId.ToString(), forwardPath.OriginalRecipient);
        if (transaction is null)
        {
            return new RecipientVerdict(DeliveryStatus.Accepted, recipient);
        }

        var result = await limits.CheckRecipientAsync(transaction, address, user, cancellationToken);
        IReadOnlyList<LimitReading> readings = [.. RateLimitTexts.ReadingsOf(result)];
        return result.IsAllowed
            ? new RecipientVerdict(DeliveryStatus.Accepted, recipient with { Limits = readings })
            : new RecipientVerdict(
                RateLimitTexts.StatusOf(result),
                Detail: result.Exceeded?.Request.Limit.Text,
                RetryAfter: result.Exceeded?.Wait)
            {
                Limits = readings,
            };
    }
}
