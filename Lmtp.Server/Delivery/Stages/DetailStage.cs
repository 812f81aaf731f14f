using Lmtp.Server.Filters;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Stages;

/// <summary>
/// Routes by the detail of the address: <c>user+lists@…</c> to the mailbox <c>lists</c>, for users who have asked for it,
/// where neither a filter nor the spam decision has chosen a mailbox.
/// </summary>
internal sealed class DetailStage(MailboxStore mailboxes, MailboxFinder finder) : IDeliveryStage
{
    private const int MaxPath = 255;
    private const int MaxDepth = 16;

    public async ValueTask<DeliveryOutcome?> ApplyAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        var user = recipient.User!;
        if (recipient.Mailbox is null
            && user.DetailRouting != DetailRouting.Off
            && recipient.MatchedAddress is { } matched
            && AddressDetail.Of(recipient.Recipient.Address, matched) is { Length: <= MaxPath } detail
            && MailboxPath.TryNormalize(detail, MaxDepth, out var path))
        {
            recipient.Mailbox = await FindAsync(message, user, path, cancellationToken);
        }

        return null;
    }

    // Senders choose the detail: Trash, Junk and the like are not theirs to choose.
    private async Task<Mailbox?> FindAsync(MessageContext message, MailUser user, string path, CancellationToken cancellationToken)
    {
        var all = await mailboxes.ListPathsAsync(user.Id, cancellationToken);
        var found = all.FirstOrDefault(mailbox => mailbox.Path.Equals(path, StringComparison.OrdinalIgnoreCase))
            ?? all.FirstOrDefault(mailbox => Fold(mailbox.Path).Equals(Fold(path), StringComparison.OrdinalIgnoreCase));
        return found switch
        {
            { SpecialUse: null, IsHidden: false } => found,
            null when user.DetailRouting == DetailRouting.Create =>
                await finder.FindAsync(user, path, create: true, message.IsDryRun, cancellationToken),
            _ => null,
        };
    }

    // An address has no blanks: my_list, my-list and my.list stand for "my list" too.
    private static string Fold(string path) => path.Replace('_', ' ').Replace('-', ' ').Replace('.', ' ');
}
