using System.Globalization;
using Lmtp.Server.Delivery;

namespace Lmtp.Benchmarks.Protocol;

/// <summary>Delivery that accepts everything and keeps nothing, so that only the protocol layer is measured.</summary>
internal sealed class DiscardingAgent : IDeliveryAgent
{
    private static readonly string Id = new('a', 24);

    private long _messages;
    private long _bytes;

    /// <summary>Messages taken so far.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Bytes taken so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public ValueTask<RecipientVerdict> VerifyRecipientAsync(MailTransaction transaction, ForwardPath forwardPath, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new RecipientVerdict(DeliveryStatus.Accepted, new ResolvedRecipient(forwardPath.Address, Id, Id)));

    public IMessageIntake OpenMessage(MailTransaction transaction, IReadOnlyList<ResolvedRecipient> recipients) => new Intake(this, recipients.Count);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Messages} messages, {Bytes} bytes");

    private sealed class Intake(DiscardingAgent agent, int recipients) : IMessageIntake
    {
        public long Length { get; private set; }

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            Length += bytes.Length;
            Interlocked.Add(ref agent._bytes, bytes.Length);
            return ValueTask.CompletedTask;
        }

        public IReadOnlyList<Task<DeliveryOutcome>> Deliver(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref agent._messages);
            var outcome = Task.FromResult(new DeliveryOutcome(DeliveryStatus.Stored, Id));
            return [.. Enumerable.Repeat(outcome, recipients)];
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
