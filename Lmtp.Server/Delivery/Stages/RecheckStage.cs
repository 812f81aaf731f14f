using Lmtp.Server.Delivery.Forwarding;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Stages;

/// <summary>
/// Reads address and user again by their ids: the message may have taken minutes to arrive, and the answer to RCPT may
/// have come from the cache.
/// </summary>
internal sealed class RecheckStage(AddressStore addresses, UserStore users, AddressCache cache) : IDeliveryStage
{
    public async ValueTask<DeliveryOutcome?> ApplyAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        var userId = ObjectId.Parse(recipient.Recipient.UserId);
        var address = await addresses.GetAsync(ObjectId.Parse(recipient.Recipient.AddressId), cancellationToken);
        if (address is null || !LeadsTo(address, recipient.Recipient, userId))
        {
            cache.Forget(MailAddressNormalizer.ForLookup(recipient.Recipient.Address));
            return new DeliveryOutcome(DeliveryStatus.UnknownRecipient);
        }

        recipient.MatchedAddress = address.Address;
        recipient.User = await users.GetAsync(userId, cancellationToken);
        return recipient.User switch
        {
            null => new DeliveryOutcome(DeliveryStatus.UnknownRecipient),
            { IsDisabled: true } => new DeliveryOutcome(DeliveryStatus.MailboxDisabled),
            _ => null,
        };
    }

    private static bool LeadsTo(MailAddressEntry address, ResolvedRecipient recipient, ObjectId user) => recipient.IsTarget
        ? address is { IsForwarding: true, IsForwardingDisabled: false } && LocalTargets.Contains(address, recipient.UserId)
        : address.User == user;
}
