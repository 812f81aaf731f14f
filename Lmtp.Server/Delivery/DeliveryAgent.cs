using System.Net;
using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Delivery.Limits;
using Lmtp.Server.Delivery.Records;

namespace Lmtp.Server.Delivery;

/// <summary>The door between the protocol and what lies behind it.</summary>
internal sealed partial class DeliveryAgent(
    RecipientResolver resolver,
    MessageIntakeFactory intakes,
    TransactionClaims claims,
    DeliveryLimits limits,
    DeliveryRecords records,
    DeliveryLogWriter log,
    TimeProvider time,
    ILogger<DeliveryAgent> logger) : IDeliveryAgent
{
    private static readonly TimeSpan WaitWhileAway = TimeSpan.FromSeconds(30);

    public async ValueTask<TimeSpan?> AdmitClientAsync(IPAddress? client, CancellationToken cancellationToken)
    {
        try
        {
            var result = await limits.CheckConnectionAsync(client, cancellationToken);
            return result.IsAllowed ? null : result.Exceeded?.Wait ?? WaitWhileAway;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotCounted(exception);
            return null;
        }
    }

    public async ValueTask<TransactionVerdict> BeginTransactionAsync(MailTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            var result = await limits.CheckTransactionAsync(transaction, cancellationToken);
            return result.IsAllowed
                ? new TransactionVerdict(DeliveryStatus.Accepted)
                : new TransactionVerdict(
                    RateLimitTexts.StatusOf(result), result.Exceeded?.Request.Limit.Text, result.Exceeded?.Wait);
        }
        catch (Exception exception)
        {
            // A database that is away is told to each recipient.
            LogNotBegun(transaction.Session.SessionId, exception);
            return new TransactionVerdict(DeliveryStatus.Accepted);
        }
    }

    public async ValueTask<RecipientVerdict> VerifyRecipientAsync(
        MailTransaction transaction, ForwardPath forwardPath, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        RecipientVerdict verdict;
        try
        {
            verdict = await resolver.ResolveAsync(transaction, forwardPath, cancellationToken);
        }
        catch (Exception exception)
        {
            LogFailed(transaction.Session.SessionId, exception);
            verdict = new RecipientVerdict(DeliveryStatus.TemporaryFailure);
        }

        if (verdict.Status != DeliveryStatus.Accepted)
        {
            log.Write(records.OfRefusal(transaction, forwardPath, verdict, time.GetElapsedTime(started)));
        }

        return verdict;
    }

    public IMessageIntake OpenMessage(MailTransaction transaction, IReadOnlyList<ResolvedRecipient> recipients) =>
        intakes.Open(transaction, recipients);

    public void MessageRefused(
        MailTransaction transaction,
        IReadOnlyList<ResolvedRecipient> recipients,
        string fault,
        string reply,
        long size)
    {
        foreach (var recipient in recipients)
        {
            log.Write(records.OfRefusedMessage(transaction, recipient, fault, reply, size));
        }
    }

    public void ConfirmAnswers(MailTransaction transaction) => claims.Confirm(transaction);

    [LoggerMessage(1, LogLevel.Error, "A recipient in session {SessionId} could not be verified")]
    private partial void LogFailed(string sessionId, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The limit of connections could not be looked up; a client was let in without it")]
    private partial void LogNotCounted(Exception exception);

    [LoggerMessage(3, LogLevel.Error, "The limits of transactions could not be looked up; one in session {SessionId} was let in without them")]
    private partial void LogNotBegun(string sessionId, Exception exception);
}
