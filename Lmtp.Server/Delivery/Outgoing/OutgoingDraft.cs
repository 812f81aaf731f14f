using Lmtp.Server.Filters;
using Lmtp.Server.Storage.Outgoing;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>What a delivery is going to send, before limits are asked.</summary>
/// <param name="Plans">The messages.</param>
/// <param name="Targets">Where the message was to be forwarded to, also when it is not.</param>
internal sealed record OutgoingDraft(IReadOnlyList<OutgoingPlan> Plans, IReadOnlyList<ForwardTarget> Targets)
{
    /// <summary>Whether the message is forwarded in place of being stored.</summary>
    public bool IsRedirected { get; init; }
}
