namespace Lmtp.Server.Storage.Outgoing;

/// <summary>
/// Takes messages that go out, in two steps around the point where a delivery is committed: what was prepared is unknown
/// to the senders until it is released. Every call may be repeated.
/// </summary>
internal interface IOutgoingQueue
{
    /// <summary>A new queue id, as those who search for mail know them.</summary>
    string NewId();

    /// <summary>Keeps the message durably, but does not send it yet.</summary>
    Task PrepareAsync(OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Gives prepared messages to the senders, for the first time.</summary>
    Task ReleaseAsync(IReadOnlyCollection<OutgoingPlan> plans, CancellationToken cancellationToken);

    /// <summary>Gives prepared messages to the senders, as far as nobody has done it before.</summary>
    Task ResumeAsync(IReadOnlyCollection<OutgoingPlan> plans, CancellationToken cancellationToken);

    /// <summary>Forgets what was prepared and not released.</summary>
    Task DiscardAsync(IReadOnlyCollection<OutgoingPlan> plans, CancellationToken cancellationToken);
}
