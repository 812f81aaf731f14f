namespace Lmtp.Server.Delivery;

/// <summary>Stores the planned copies of one user, in RCPT order, within the user's share of what runs at once.</summary>
internal sealed class UserDeliveries(MessageStorer storer, DeliveryGate gate, QuotaWarnings warnings)
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
                    job.Complete(outcome);
                    if (outcome.Status == DeliveryStatus.Stored && job.Context?.User is { } user)
                    {
                        warnings.Stored(user);
                    }
                }
            }
        }

        foreach (var job in jobs.Where(job => job.SharedWith is not null))
        {
            job.Complete(await job.SharedWith!.Outcome);
        }
    }
}
