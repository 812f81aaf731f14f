using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>
/// Finds out who a recipient is and whether that user may receive mail. Steps: normalise, exact, plus-tag and dots,
/// domain alias, wildcard, catch-all user.
/// </summary>
internal sealed class RecipientResolver(AddressStore addresses, UserStore users, AddressCache cache, DomainCheck domains, QuotaPolicy quota)
{
    /// <summary>Resolves an address as the client gave it, and checks the quota against the announced size.</summary>
    public async Task<RecipientVerdict> ResolveAsync(
        MailTransaction transaction, ForwardPath forwardPath, CancellationToken cancellationToken)
    {
        // A wildcard in the address itself would match the stored key literally.
        if (forwardPath.Address.Contains('*', StringComparison.Ordinal))
        {
            return new RecipientVerdict(DeliveryStatus.UnknownRecipient);
        }

        var address = MailAddressNormalizer.Normalize(forwardPath.Address);
        var key = MailAddressNormalizer.ForLookup(forwardPath.Address);
        if (cache.Find(key) is { } cached)
        {
            return await VerdictAsync(transaction, forwardPath, address, cached.Address, cached.User, cancellationToken);
        }

        if (!await domains.IsServedAsync(address, cancellationToken))
        {
            return new RecipientVerdict(DeliveryStatus.UnknownRecipient);
        }

        if (await addresses.ResolveAsync(forwardPath.Address, cancellationToken) is not { } match)
        {
            return new RecipientVerdict(DeliveryStatus.UnknownRecipient);
        }

        if (match.Entry.User is not { } user)
        {
            return new RecipientVerdict(
                match.Entry is { IsForwarding: true, IsForwardingDisabled: false }
                    ? DeliveryStatus.ForwardingUnavailable
                    : DeliveryStatus.UnknownRecipient);
        }

        if (match.Kind == AddressMatchKind.Exact)
        {
            cache.Store(key, match.Entry);
        }

        return await VerdictAsync(transaction, forwardPath, address, match.Entry.Id, user, cancellationToken);
    }

    private async Task<RecipientVerdict> VerdictAsync(
        MailTransaction transaction,
        ForwardPath forwardPath,
        string address,
        ObjectId addressId,
        ObjectId userId,
        CancellationToken cancellationToken)
    {
        var user = await users.GetAsync(userId, cancellationToken);
        var refusal = user is { IsDisabled: false }
            ? await quota.CheckAsync(user, transaction.DeclaredSize ?? 0, cancellationToken)
            : null;
        return user switch
        {
            null => new RecipientVerdict(DeliveryStatus.UnknownRecipient),
            { IsDisabled: true } => new RecipientVerdict(DeliveryStatus.MailboxDisabled),
            _ when refusal is { } status => new RecipientVerdict(status),
            _ => new RecipientVerdict(
                DeliveryStatus.Accepted,
                new ResolvedRecipient(
                    address, userId.ToString(), addressId.ToString(), forwardPath.OriginalRecipient)),
        };
    }
}
