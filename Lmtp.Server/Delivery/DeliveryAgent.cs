using Lmtp.Server.Delivery.Claims;

namespace Lmtp.Server.Delivery;

/// <summary>The door between the protocol and what lies behind it.</summary>
internal sealed partial class DeliveryAgent(
    RecipientResolver resolver,
    MessageIntakeFactory intakes,
    TransactionClaims claims,
    ILogger<DeliveryAgent> logger) : IDeliveryAgent
{
    public async ValueTask<RecipientVerdict> VerifyRecipientAsync(
        MailTransaction transaction, ForwardPath forwardPath, CancellationToken cancellationToken)
    {
        try
        {
            return await resolver.ResolveAsync(transaction, forwardPath, cancellationToken);
        }
        catch (Exception exception)
        {
            LogFailed(transaction.Session.SessionId, exception);
            return new RecipientVerdict(DeliveryStatus.TemporaryFailure);
        }
    }

    public IMessageIntake OpenMessage(MailTransaction transaction, IReadOnlyList<ResolvedRecipient> recipients) =>
        intakes.Open(transaction, recipients);

    public void ConfirmAnswers(MailTransaction transaction) => claims.Confirm(transaction);

    [LoggerMessage(1, LogLevel.Error, "A recipient in session {SessionId} could not be verified")]
    private partial void LogFailed(string sessionId, Exception exception);
}
