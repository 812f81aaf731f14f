using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery;

/// <summary>Stores the planned copies of one user, in RCPT order, within the user's share of what runs at once.</summary>
internal sealed class UserDeliveries(MessageStorer storer, AddressRegister register, DeliveryGate gate)
{
    private const string Junk = @"\Junk";
    private const string Drafts = @"\Drafts";

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
                    job.Complete(await storer.StoreAsync(message, job, contentHashes, cancellationToken));
                }
            }
        }

        foreach (var job in jobs.Where(job => job.SharedWith is not null))
        {
            job.Complete(await job.SharedWith!.Outcome);
        }

        await RegisterAsync(message, pending, cancellationToken);
    }

    private async Task RegisterAsync(
        MessageContext message, List<DeliveryJob> jobs, CancellationToken cancellationToken)
    {
        var stored = jobs.Find(job => job.Outcome is { IsCompletedSuccessfully: true, Result.Status: DeliveryStatus.Stored }
            && job.Context!.Mailbox!.SpecialUse is not (Junk or Drafts));
        if (stored is not null)
        {
            await register.AddAsync(stored.Plan!.User, Correspondents.Of(message.Message), cancellationToken);
        }
    }
}
