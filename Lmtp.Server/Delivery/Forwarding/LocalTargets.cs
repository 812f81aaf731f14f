using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Forwarding;

/// <summary>
/// Finds the local users among the targets of an address that only forwards. As in WildDuck they get the mail at once, not
/// by way of the queue; users who are disabled or over quota are left out, and what belongs to nobody any more is forwarded.
/// </summary>
internal sealed class LocalTargets(UserStore users, QuotaPolicy quota)
{
    private const string Mail = "mail";

    /// <summary>
    /// Finds whom the mail is delivered to, and to whom nothing is forwarded; with a refusal where the mail could go nowhere
    /// at all, which WildDuck would accept and lose.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="size">The size that was announced, 0 for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<(IReadOnlyList<string> Delivered, IReadOnlyList<string> Handled, DeliveryStatus? Refusal)> FindAsync(
        MailAddressEntry address, long size, CancellationToken cancellationToken)
    {
        List<string> delivered = [];
        List<string> handled = [];
        DeliveryStatus? refusal = null;
        foreach (var id in LocalUsersOf(address))
        {
            if (await users.GetAsync(ObjectId.Parse(id), cancellationToken) is not { } user)
            {
                continue;
            }

            handled.Add(id);
            if ((user.IsDisabled ? DeliveryStatus.MailboxDisabled : await quota.CheckAsync(user, size, cancellationToken)) is { } fault)
            {
                refusal ??= fault;
            }
            else
            {
                delivered.Add(id);
            }
        }

        return (delivered, handled, delivered.Count == 0 && Remaining(address, handled).Targets.Count == 0 ? refusal : null);
    }

    /// <summary>The address with the targets that are forwarded to.</summary>
    public static MailAddressEntry Remaining(MailAddressEntry address, IReadOnlyList<string> handled) =>
        address with { Targets = [.. address.Targets.Where(target => target is not { Type: Mail, User: { } user } || !handled.Contains(user))] };

    /// <summary>Whether a user is among the targets.</summary>
    public static bool Contains(MailAddressEntry address, string user) => LocalUsersOf(address).Contains(user);

    private static IEnumerable<string> LocalUsersOf(MailAddressEntry address) => address.Targets
        .Select(target => target is { Type: Mail, User: { } user } ? user : null)
        .OfType<string>()
        .Distinct();
}
