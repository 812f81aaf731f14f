using System.Collections.Concurrent;
using System.Globalization;
using Lmtp.Server.Delivery;

namespace Lmtp.Tests.Unit.Protocol;

/// <summary>
/// Delivery for tests of the protocol alone: keeps messages in memory. The local part of a recipient says what becomes
/// of it: a name of <see cref="DeliveryStatus"/> after "rcpt-" is the answer to RCPT, after "data-" that to the message, and
/// after "mail-" in the sender that to MAIL.
/// </summary>
internal sealed class InMemoryDeliveryAgent : IDeliveryAgent
{
    private int _lastId;

    public ConcurrentQueue<StoredMessage> Messages { get; } = [];

    /// <summary>Awaited by every delivery before it ends.</summary>
    public Func<ResolvedRecipient, CancellationToken, Task> BeforeOutcome { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Awaited by every write to an intake.</summary>
    public Func<Task> BeforeWrite { get; set; } = () => Task.CompletedTask;

    /// <summary>Intakes that were opened and not disposed.</summary>
    public int OpenIntakes => _openIntakes;

    private int _openIntakes;

    public ValueTask<TransactionVerdict> BeginTransactionAsync(MailTransaction transaction, CancellationToken cancellationToken) =>
        ValueTask.FromResult(transaction.ReversePath.StartsWith("mail-ratelimited@", StringComparison.Ordinal)
            ? new TransactionVerdict(DeliveryStatus.RateLimited, "too many transactions of this client", TimeSpan.FromSeconds(89.5))
            : transaction.ReversePath.StartsWith("mail-temporaryfailure@", StringComparison.Ordinal)
                ? new TransactionVerdict(DeliveryStatus.TemporaryFailure)
                : new TransactionVerdict(DeliveryStatus.Accepted));

    public ValueTask<RecipientVerdict> VerifyRecipientAsync(MailTransaction transaction, ForwardPath forwardPath, CancellationToken cancellationToken)
    {
        var local = forwardPath.Address.Split('@')[0];
        if (local == "rcpt-throws")
        {
            throw new InvalidOperationException("A fault in delivery.");
        }

        if (local.StartsWith("rcpt-", StringComparison.Ordinal))
        {
            var status = Enum.Parse<DeliveryStatus>(local[5..], ignoreCase: true);
            return ValueTask.FromResult(new RecipientVerdict(
                status,
                RetryAfter: status == DeliveryStatus.RateLimited ? TimeSpan.FromSeconds(90) : null));
        }

        var recipient = new ResolvedRecipient(forwardPath.Address, new string('a', 24), new string('b', 24), forwardPath.OriginalRecipient);
        return ValueTask.FromResult(new RecipientVerdict(DeliveryStatus.Accepted, recipient));
    }

    public IMessageIntake OpenMessage(MailTransaction transaction, IReadOnlyList<ResolvedRecipient> recipients)
    {
        Interlocked.Increment(ref _openIntakes);
        return new Intake(this, transaction, recipients);
    }

    private async Task<DeliveryOutcome> DeliverAsync(
        MailTransaction transaction, ResolvedRecipient recipient, byte[] content, string id, CancellationToken cancellationToken)
    {
        try
        {
            await BeforeOutcome(recipient, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new DeliveryOutcome(DeliveryStatus.TemporaryFailure);
        }

        var local = recipient.Address.Split('@')[0];
        if (local == "data-throws")
        {
            throw new InvalidOperationException("A fault in delivery.");
        }

        if (local.StartsWith("data-", StringComparison.Ordinal))
        {
            return new DeliveryOutcome(Enum.Parse<DeliveryStatus>(local[5..], ignoreCase: true), id);
        }

        Messages.Enqueue(new StoredMessage(id, transaction, recipient, content));
        return new DeliveryOutcome(DeliveryStatus.Stored, id);
    }

    private string NextId() => Interlocked.Increment(ref _lastId).ToString("x24", CultureInfo.InvariantCulture);

    private sealed class Intake(InMemoryDeliveryAgent agent, MailTransaction transaction, IReadOnlyList<ResolvedRecipient> recipients)
        : IMessageIntake
    {
        private readonly MemoryStream _content = new();

        public long Length => _content.Length;

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            await agent.BeforeWrite();
            _content.Write(bytes.Span);
        }

        public IReadOnlyList<Task<DeliveryOutcome>> Deliver(CancellationToken cancellationToken)
        {
            var content = _content.ToArray();
            return [.. recipients.Select(recipient =>
                agent.DeliverAsync(transaction, recipient, content, agent.NextId(), cancellationToken))];
        }

        public ValueTask DisposeAsync()
        {
            Interlocked.Decrement(ref agent._openIntakes);
            return ValueTask.CompletedTask;
        }
    }
}
