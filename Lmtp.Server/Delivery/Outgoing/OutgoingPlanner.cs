using Lmtp.Server.Delivery.Autoreplies;
using Lmtp.Server.Delivery.Forwarding;
using Lmtp.Server.Filters;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Outgoing;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>
/// Plans the forwards and the autoreply of a delivery: for messages that are stored, and as in WildDuck for those that a
/// filter drops and for duplicates. Changes nothing.
/// </summary>
internal sealed class OutgoingPlanner(
    ForwardPlanner forwards, AutoreplyPlanner autoreplies, ForwardComposer composer, OutgoingLimits limits)
{
    /// <summary>For the mail of a user, as its filters have decided.</summary>
    public async Task<OutgoingDraft> PlanAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        var targets = ForwardTargets.Of(recipient.Filters, recipient.User!);
        var plans = new List<OutgoingPlan>(2);
        if (targets.Count > 0)
        {
            plans.Add(forwards.Plan(recipient, recipient.User!, targets));
        }

        if (await autoreplies.PlanAsync(message, recipient, cancellationToken) is { } reply)
        {
            plans.Add(reply);
        }

        return new OutgoingDraft(plans, targets);
    }

    /// <summary>
    /// Whether the message is going to be forwarded as far as can be known without counting it, so that no copy of it
    /// has to be kept.
    /// </summary>
    public async Task<bool> IsForwardableAsync(
        MessageContext message, RecipientContext recipient, OutgoingDraft draft, CancellationToken cancellationToken) =>
        draft.Plans is [{ Kind: OutgoingKind.Forward, Refusal: null } plan, ..]
        && await limits.MayForwardAsync(plan)
        && await composer.CanForwardAsync(message, plan, recipient.Recipient.Address, cancellationToken);

    /// <summary>For mail to an address that only forwards.</summary>
    public async Task<OutgoingDraft> PlanAsync(
        MessageContext message,
        RecipientContext recipient,
        MailAddressEntry address,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<ForwardTarget> targets = [.. address.Targets.DistinctBy(target => target.Value)];
        var plans = new List<OutgoingPlan>(2);
        if (targets.Count > 0)
        {
            plans.Add(forwards.Plan(recipient, address, targets));
        }

        if (await autoreplies.PlanAsync(message, recipient, address, cancellationToken) is { } reply)
        {
            plans.Add(reply);
        }

        return new OutgoingDraft(plans, targets);
    }
}
