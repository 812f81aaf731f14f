using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>Finds the mailboxes that filters and addresses name by their paths, and makes missing ones where that is asked for.</summary>
internal sealed class MailboxFinder(MailboxStore mailboxes, SettingsStore settings)
{
    private const string MaxMailboxesSetting = "const:max:mailboxes";
    private const long DefaultMaxMailboxes = 1500;

    /// <summary>The mailbox, or null when it is missing and is not, or cannot be, made.</summary>
    /// <param name="user">The owner.</param>
    /// <param name="path">The path, as stored.</param>
    /// <param name="create">Whether a missing one is made, up to the greatest number of mailboxes of a user.</param>
    /// <param name="isDryRun">Whether nothing may be changed: the mailbox that would be made has no id then.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Mailbox?> FindAsync(
        MailUser user, string path, bool create, bool isDryRun, CancellationToken cancellationToken)
    {
        var mailbox = await mailboxes.FindByPathAsync(user.Id, path, cancellationToken);
        if (mailbox is not null || !create)
        {
            return mailbox;
        }

        // Every sender can name new mailboxes where addresses choose them, so their number has an end.
        var max = await settings.GetCachedNumberAsync(MaxMailboxesSetting, DefaultMaxMailboxes, cancellationToken);
        if (await mailboxes.CountAsync(user.Id, cancellationToken) >= max)
        {
            return null;
        }

        return isDryRun
            ? new Mailbox { Id = ObjectId.Empty, User = user.Id, Path = path }
            : await mailboxes.CreateAsync(user.Id, path, user.Retention, cancellationToken);
    }
}
