namespace Lmtp.Server.Delivery;

/// <summary>The protocol layer's only door to delivery.</summary>
public interface IDeliveryAgent
{
    /// <summary>Decides about one RCPT. Never throws for a database that is away: that is a verdict too.</summary>
    ValueTask<RecipientVerdict> VerifyRecipientAsync(MailTransaction transaction, ForwardPath forwardPath, CancellationToken cancellationToken);

    /// <summary>
    /// Opens the intake for the bytes of one message. The recipients are the accepted ones in RCPT order; one that
    /// was given twice is listed twice.
    /// </summary>
    IMessageIntake OpenMessage(MailTransaction transaction, IReadOnlyList<ResolvedRecipient> recipients);

    /// <summary>
    /// The client has sent something after it had the answers of this transaction, so it knows them: the same bytes are a
    /// new message from now on, not a retry. Never throws and never waits.
    /// </summary>
    void ConfirmAnswers(MailTransaction transaction)
    {
    }
}
