using Lmtp.Server.Delivery.Autoreplies;
using Lmtp.Server.Delivery.Forwarding;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Outgoing;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>
/// Sends what a delivery has planned to send, around its commit point: before it limits are asked and the messages kept
/// in the queue, unseen; after it they are released.
/// </summary>
internal sealed class OutgoingDelivery(
    IOutgoingQueue queue,
    OutgoingLimits limits,
    ForwardComposer forwards,
    AutoreplyStore autoreplies,
    ClaimStore claims)
{
    /// <summary>Asks the limits and keeps the messages that are sent; false when the claim was lost in the meantime.</summary>
    public async Task<bool> PrepareAsync(MessageContext message, DeliveryJob job, CancellationToken cancellationToken)
    {
        var planned = job.Plan!.Outgoing;
        if (planned.Count == 0)
        {
            return true;
        }

        if (job.Epoch > 0)
        {
            // The process before us may have kept a part of it.
            await queue.DiscardAsync(planned, cancellationToken);
        }

        var decided = new List<OutgoingPlan>(planned.Count);
        foreach (var plan in planned)
        {
            decided.Add(await PrepareAsync(message, job, plan, cancellationToken));
        }

        job.Plan = job.Plan with { Outgoing = decided };
        return decided.SequenceEqual(planned)
            || await claims.SetOutgoingAsync(job.Key!, job.Epoch!.Value, decided, cancellationToken);
    }

    /// <summary>Sends what was kept, right after the delivery was committed.</summary>
    public Task ReleaseAsync(DeliveryPlan plan, CancellationToken cancellationToken) =>
        Sent(plan) is { Count: > 0 } sent ? queue.ReleaseAsync(sent, cancellationToken) : Task.CompletedTask;

    /// <summary>Sends what was kept, after another attempt may have done so or not.</summary>
    public Task ResumeAsync(DeliveryPlan plan, CancellationToken cancellationToken) =>
        Sent(plan) is { Count: > 0 } sent ? queue.ResumeAsync(sent, cancellationToken) : Task.CompletedTask;

    /// <summary>Takes back what a delivery that came to nothing has kept and noted.</summary>
    public async Task UndoAsync(DeliveryPlan plan, CancellationToken cancellationToken)
    {
        if (Sent(plan) is { Count: > 0 } sent)
        {
            await queue.DiscardAsync(sent, cancellationToken);
            await limits.ForgetAsync(plan, sent, cancellationToken);
        }
    }

    private static List<OutgoingPlan> Sent(DeliveryPlan plan) =>
        [.. plan.Outgoing.Where(outgoing => outgoing.Refusal is null)];

    private async Task<OutgoingPlan> PrepareAsync(
        MessageContext message, DeliveryJob job, OutgoingPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Refusal is not null)
        {
            return plan;
        }

        // Composing a reply tells whether there is something to reply; a forward counts before it is looked at.
        var refusal = await limits.RefusalAsync(plan, job.Plan!, job.Context!.Limits, cancellationToken);
        if (refusal is null && await ComposeAsync(message, job, plan, cancellationToken) is { } outgoing)
        {
            await queue.PrepareAsync(outgoing, cancellationToken);
            return plan;
        }

        return plan with { Refusal = refusal ?? (plan.Kind == OutgoingKind.Forward ? OutgoingRefusal.Loop : "the autoreply is gone") };
    }

    private async Task<OutgoingMessage?> ComposeAsync(
        MessageContext message, DeliveryJob job, OutgoingPlan plan, CancellationToken cancellationToken)
    {
        var recipient = job.Recipient.Address;
        if (plan.Kind == OutgoingKind.Forward)
        {
            var sent = plan.Encryption is null ? message.Message : job.Context!.Encrypted!.Message;
            return await forwards.ComposeAsync(message, sent, job.Plan!, plan, recipient, cancellationToken);
        }

        var user = job.Context!.User;
        var autoreply = user is null
            ? await autoreplies.FindOfAddressAsync(plan.Owner, cancellationToken)
            : await autoreplies.FindAsync(user.Id, cancellationToken);
        return autoreply is null
            ? null
            : await AutoreplyComposer.ComposeAsync(message, job.Plan!, plan, autoreply, user, recipient, cancellationToken);
    }
}
