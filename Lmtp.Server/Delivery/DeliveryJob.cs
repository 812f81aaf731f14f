using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>One delivery and the answer to it, which may be given to more than one RCPT.</summary>
internal sealed class DeliveryJob(ResolvedRecipient recipient, bool isFirst, DeliveryTrace trace)
{
    private readonly TaskCompletionSource<DeliveryOutcome> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ResolvedRecipient Recipient { get; } = recipient;

    /// <summary>Whether it is the first of the transaction.</summary>
    public bool IsFirst { get; } = isFirst;

    /// <summary>Whether its answer is only a part of the answer to RCPT, which says when the client knows.</summary>
    public bool IsPart => Recipient.IsTarget || Recipient.LocalTargets.Count > 0;

    /// <summary>How long its stages took.</summary>
    public DeliveryTrace Trace { get; } = trace;

    public Task<DeliveryOutcome> Outcome => _completion.Task;

    /// <summary>What RCPT is answered in the end, which for a part of an answer depends on the other parts.</summary>
    public Task<DeliveryOutcome> Answer { get => field ?? Outcome; set; }

    /// <summary>The key of its claim; null before the message is complete.</summary>
    public BsonBinaryData? Key { get; set; }

    /// <summary>What the stages decided; null before.</summary>
    public RecipientContext? Context { get; set; }

    /// <summary>What is going to be changed; null when nothing is.</summary>
    public DeliveryPlan? Plan { get; set; }

    /// <summary>The epoch under which the claim is ours; null while it is not.</summary>
    public int? Epoch { get; set; }

    /// <summary>What came of writing the message; the default before and when it was not written.</summary>
    public MailboxWriteResult Written { get; set; }

    /// <summary>Whether the delivery is past its commit point: it may not be undone any more.</summary>
    public bool IsCommitted { get; set; }

    /// <summary>A delivery into the same mailbox before this one, whose copy and answer serve for this one too.</summary>
    public DeliveryJob? SharedWith { get; set; }

    /// <summary>Whether there is something to be stored still.</summary>
    public bool IsPending => Plan is not null && !Outcome.IsCompleted;

    /// <summary>Gives back what an encrypted copy holds, when nobody needs it any more.</summary>
    public async ValueTask ReleaseEncryptedAsync()
    {
        if (Context?.Encrypted is { } encrypted)
        {
            await encrypted.DisposeAsync();
        }
    }

    /// <summary>Gives the answer; only the first one counts.</summary>
    public void Complete(DeliveryOutcome outcome) => _completion.TrySetResult(outcome);

    /// <inheritdoc cref="Complete(DeliveryOutcome)"/>
    public void Complete(DeliveryStatus status) => Complete(new DeliveryOutcome(status));
}
