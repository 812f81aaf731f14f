using Lmtp.Server.Delivery.Claims;

namespace Lmtp.Server.Delivery;

/// <summary>Stores the planned copies of one user, in RCPT order, within the user's share of what runs at once.</summary>
internal sealed class UserDeliveries(MessageStorer storer, DeliveryGate gate, SharedClaims shared, QuotaWarnings warnings)
{
    /// <summary>Stores what is pending and answers every delivery of the user.</summary>
    public async Task StoreAsync(
        MessageContext message,
        IReadOnlyList<DeliveryJob> jobs,
        IReadOnlyDictionary<string, string> contentHashes,
        CancellationToken cancellationToken)
    {
        var pending = jobs.Where(job => job.IsPending).ToList();
        if (pending.Count > 0)
        {
            using var place = await gate.EnterAsync(jobs[0].Recipient.Owner, cancellationToken);
            foreach (var job in pending)
            {
                if (place is null)
                {
                    await storer.AbortAsync(job);
                    job.Complete(DeliveryStatus.UserBusy);
                }
                else
                {
                    using var stage = job.Trace.Begin("store");
                    var outcome = await storer.StoreAsync(message, job, contentHashes, cancellationToken);
                    await shared.AnswerAsync(message.Transaction, job, outcome, jobs);
                    await job.ReleaseEncryptedAsync();
                    job.Complete(outcome);
                    if (outcome.Status == DeliveryStatus.Stored && job.Context?.User is { } user)
                    {
                        warnings.Stored(user);
                    }
                }
            }
        }

        // Those that share with a delivery that had its answer before anything was to be stored.
        foreach (var leader in jobs.Where(job => job is { SharedWith: not null, Outcome.IsCompleted: false }).Select(job => job.SharedWith!).Distinct().ToList())
        {
            await shared.AnswerAsync(message.Transaction, leader, await leader.Outcome, jobs.Where(job => !job.Outcome.IsCompleted));
        }
    }
}
