using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Storage;
using MongoDB.Driver;

namespace Lmtp.Server.Delivery.Claims;

/// <summary>
/// Notes what became of deliveries that another one's copy serves for. The client may come again with only one of their
/// recipients, where the answer to the other one reached it: then nothing is to be stored a second time.
/// </summary>
internal sealed partial class SharedClaims(ClaimStore claims, TransactionClaims transactions, ILogger<SharedClaims> logger)
{
    /// <summary>
    /// Answers the deliveries that share what became of one. Called before that one is answered: while no answer is out
    /// all of its recipients come again, and share again.
    /// </summary>
    public async Task AnswerAsync(
        MailTransaction transaction, DeliveryJob leader, DeliveryOutcome outcome, IEnumerable<DeliveryJob> jobs)
    {
        foreach (var job in jobs.Where(job => job.SharedWith == leader))
        {
            if (outcome.IsDone)
            {
                await NoteAsync(transaction, job, UnstoredPlan.Of(job.Context!, outcome, new OutgoingDraft([], [])));
            }

            job.Complete(outcome);
        }
    }

    private async Task NoteAsync(MailTransaction transaction, DeliveryJob job, DeliveryPlan plan)
    {
        try
        {
            if (!await claims.AddStoredAsync(job.Key!, plan, CancellationToken.None))
            {
                return;
            }
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            LogNotNoted(plan.AnswerId.ToString(), exception);
            return;
        }

        job.Plan = plan;
        job.Epoch = 0;
        job.IsCommitted = true;
        if (!job.IsPart)
        {
            transactions.Remember(transaction, job);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "A retry for another recipient of message {MessageId} may not be recognised")]
    private partial void LogNotNoted(string messageId, Exception exception);
}
