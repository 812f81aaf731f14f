using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Filters;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Outgoing;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Forwarding;

/// <summary>Plans forwards. Specification section 7.5.</summary>
internal sealed class ForwardPlanner(IOutgoingQueue queue, IOptionsMonitor<DeliveryOptions> options)
{
    /// <summary>For the mail of a user.</summary>
    public OutgoingPlan Plan(RecipientContext recipient, MailUser user, IReadOnlyList<ForwardTarget> targets)
    {
        var refusal = recipient.Filters?.IsSpam is true ? "spam" : null;
        return Plan(recipient, user.Id, user.Forwards, targets, user.Relay) with { Refusal = refusal };
    }

    /// <summary>For mail to an address that only forwards.</summary>
    public OutgoingPlan Plan(RecipientContext recipient, MailAddressEntry address, IReadOnlyList<ForwardTarget> targets) =>
        Plan(recipient, address.Id, address.Forwards, targets, relay: null);

    private OutgoingPlan Plan(
        RecipientContext recipient, ObjectId owner, long limit, IReadOnlyList<ForwardTarget> targets, string? relay)
    {
        var received = recipient.Received.UtcDateTime;
        return new OutgoingPlan
        {
            Kind = OutgoingKind.Forward,
            QueueId = queue.NewId(),
            File = ObjectId.GenerateNewId(received),
            Entries = [.. targets.Select(target => Entry(target))],
            Owner = owner,
            Limit = limit > 0 ? limit : options.CurrentValue.ForwardsPerDay,
        };

        // What is no mail keeps its recipient; only the way is another.
        OutgoingEntry Entry(ForwardTarget target) => new(
            ObjectId.GenerateNewId(received),
            target.Type == "mail" ? target.Value : recipient.Recipient.Address,
            target.Type switch
            {
                "relay" => OutgoingRoute.ByRelay(target.Value),
                "http" => OutgoingRoute.ByHttp(target.Value),
                _ => relay is null ? [] : OutgoingRoute.ByRelay(relay),
            });
    }
}
