using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Delivery.Spool;
using Lmtp.Server.Mime;

namespace Lmtp.Server.Delivery;

/// <summary>
/// Spools and indexes a message while it arrives. When it cannot be kept (a full disk, for one) the rest of it is still
/// taken, and every recipient gets the answer that it could not be stored for now.
/// </summary>
internal sealed partial class MessageIntake(
    MessageSpool spool,
    MessageIndexer indexer,
    MessageDelivery delivery,
    DeliveryRecords records,
    DeliveryLogWriter log,
    MailTransaction transaction,
    IReadOnlyList<ResolvedRecipient> recipients,
    ILogger<MessageIntake> logger) : IMessageIntake
{
    private Exception? _failure;
    private bool _delivered;

    public long Length { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Length += bytes.Length;
        if (_failure is not null)
        {
            return;
        }

        try
        {
            await spool.WriteAsync(bytes, cancellationToken);
            indexer.Write(bytes.Span);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failure = exception;
            LogNotKept(transaction.Session.SessionId, exception);
        }
    }

    public IReadOnlyList<Task<DeliveryOutcome>> Deliver(CancellationToken cancellationToken)
    {
        if (_delivered)
        {
            throw new InvalidOperationException("The message is being delivered already.");
        }

        _delivered = true;
        if (_failure is not null)
        {
            return [.. recipients.Select(recipient => Task.FromResult(RefuseUnkept(recipient)))];
        }

        return delivery.Start(transaction, recipients, indexer, spool, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        indexer.Dispose();
        return spool.DisposeAsync();
    }

    private DeliveryOutcome RefuseUnkept(ResolvedRecipient recipient)
    {
        var outcome = new DeliveryOutcome(DeliveryStatus.TemporaryFailure);
        var reply = DeliveryReplyText.AtEndOfMessage(outcome, recipient.Address, transaction.Session.SessionId);
        log.Write(records.OfRefusedMessage(
            transaction, recipient, DeliveryStatusNames.Of(outcome.Status), reply, Length));
        return outcome;
    }

    [LoggerMessage(1, LogLevel.Error, "A message in session {SessionId} could not be kept while it arrived")]
    private partial void LogNotKept(string sessionId, Exception exception);
}
