using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Outgoing;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Autoreplies;

/// <summary>Plans autoreplies. Whether the sender was answered lately is asked later. Specification section 7.6.</summary>
internal sealed class AutoreplyPlanner(AutoreplyStore autoreplies, IOutgoingQueue queue)
{
    /// <summary>For the mail of a user; null where there is no autoreply.</summary>
    public async Task<OutgoingPlan?> PlanAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        if (message.Sender.Length == 0 || !recipient.User!.HasAutoreply)
        {
            return null;
        }

        var plan = Plan(message, recipient, await autoreplies.FindAsync(recipient.User.Id, cancellationToken));
        return recipient.Filters?.IsSpam is true && plan is not null ? plan with { Refusal = "spam" } : plan;
    }

    /// <summary>For mail to an address that only forwards; null where there is no autoreply.</summary>
    public async Task<OutgoingPlan?> PlanAsync(
        MessageContext message, RecipientContext recipient, MailAddressEntry address, CancellationToken cancellationToken) =>
        message.Sender.Length == 0
            ? null
            : Plan(message, recipient, await autoreplies.FindOfAddressAsync(address.Id, cancellationToken));

    private OutgoingPlan? Plan(MessageContext message, RecipientContext recipient, Autoreply? autoreply)
    {
        if (autoreply is null || !AutoreplyRules.IsActive(autoreply, recipient.Received))
        {
            return null;
        }

        var received = recipient.Received.UtcDateTime;
        return new OutgoingPlan
        {
            Kind = OutgoingKind.Autoreply,
            QueueId = queue.NewId(),
            File = ObjectId.GenerateNewId(received),
            Entries = [new OutgoingEntry(
                ObjectId.GenerateNewId(received),
                message.Sender,
                recipient.User?.Relay is { } relay ? Outgoing.OutgoingRoute.ByRelay(relay) : [])],
            Owner = autoreply.Id,
            Limit = 0,
            Refusal = AutoreplyRules.Refusal(
                message.Sender, recipient.Recipient.Address, message.Message.Root.ParsedHeader),
        };
    }
}
