namespace Lmtp.Server.Delivery;

/// <summary>
/// Takes the bytes of one message while they arrive. Disposing it without <see cref="Deliver"/> forgets the message
/// and everything that was kept of it.
/// </summary>
public interface IMessageIntake : IAsyncDisposable
{
    /// <summary>Bytes taken so far.</summary>
    long Length { get; }

    /// <summary>
    /// Takes the next bytes (dots already unstuffed). Waits while the process-wide memory budget is used up, which is
    /// how a sender is slowed down. The memory may be reused as soon as the call returns.
    /// </summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the message and starts the deliveries: one task per recipient, in the order given to
    /// <see cref="IDeliveryAgent.OpenMessage"/>. The tasks never fault; a failure is an outcome. The intake may be
    /// disposed once all of them have ended.
    /// </summary>
    IReadOnlyList<Task<DeliveryOutcome>> Deliver(CancellationToken cancellationToken);
}
