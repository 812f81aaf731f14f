using Lmtp.Server.Filters;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Forwarding;

/// <summary>
/// Where the mail of a user is forwarded to: the targets of the filters that applied and, unless the message is dropped,
/// those of the user; each once. Specification section 7.5.
/// </summary>
internal static class ForwardTargets
{
    private const string Relay = "relay";

    public static IReadOnlyList<ForwardTarget> Of(FilterDecision? decision, MailUser user)
    {
        var targets = new Dictionary<string, ForwardTarget>(StringComparer.Ordinal);
        foreach (var target in decision?.Targets ?? [])
        {
            targets[target.Value] = target;
        }

        if (decision is not { IsDeleted: true })
        {
            foreach (var target in user.Targets)
            {
                // Relays of the user are told apart from those of filters, as in WildDuck.
                targets[target.Type == Relay ? $"{user.Address}:{target.Value}" : target.Value] = target;
            }
        }

        return [.. targets.Values.Where(target => target.Value.Length > 0)];
    }
}
