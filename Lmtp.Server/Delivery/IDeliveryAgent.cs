using System.Net;

namespace Lmtp.Server.Delivery;

/// <summary>The protocol layer's only door to delivery.</summary>
public interface IDeliveryAgent
{
    /// <summary>
    /// Decides about a client that has connected: null lets it in, else how long it is to wait before it comes again.
    /// Never throws.
    /// </summary>
    ValueTask<TimeSpan?> AdmitClientAsync(IPAddress? client, CancellationToken cancellationToken) =>
        ValueTask.FromResult<TimeSpan?>(null);

    /// <summary>Decides about one MAIL. Never throws.</summary>
    ValueTask<TransactionVerdict> BeginTransactionAsync(MailTransaction transaction, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new TransactionVerdict(DeliveryStatus.Accepted));

    /// <summary>Decides about one RCPT. Never throws for a database that is away: that is a verdict too.</summary>
    ValueTask<RecipientVerdict> VerifyRecipientAsync(MailTransaction transaction, ForwardPath forwardPath, CancellationToken cancellationToken);

    /// <summary>
    /// Opens the intake for the bytes of one message. The recipients are the accepted ones in RCPT order; one that
    /// was given twice is listed twice.
    /// </summary>
    IMessageIntake OpenMessage(MailTransaction transaction, IReadOnlyList<ResolvedRecipient> recipients);

    /// <summary>
    /// The protocol layer has refused a whole message, so that nothing of it is delivered; this is for the delivery log.
    /// Never throws and never waits.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="recipients">The recipients that had been accepted.</param>
    /// <param name="fault">A short name of what is wrong with the message, in snake case.</param>
    /// <param name="reply">What each recipient is answered.</param>
    /// <param name="size">The bytes that were received.</param>
    void MessageRefused(
        MailTransaction transaction, IReadOnlyList<ResolvedRecipient> recipients, string fault, string reply, long size)
    {
    }

    /// <summary>
    /// The client has sent something after it had the answers of this transaction, so it knows them: the same bytes are a
    /// new message from now on, not a retry. Never throws and never waits.
    /// </summary>
    void ConfirmAnswers(MailTransaction transaction)
    {
    }
}
