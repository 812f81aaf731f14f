using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Deletes a mailbox and the filters that file into it. Its messages are overdue from then on: WildDuck's task runner or our
/// upkeep removes them. In turn with what is written into the mailbox, so that no message comes after.
/// </summary>
internal sealed class MailboxRemoval(
    MailDatabase database, MailboxWriter writer, ChangeAnnouncer announcer, ChangeStore changes, TimeProvider time)
{
    /// <summary>Enough that the messages of a deleted mailbox come first among those whose time is over.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromDays(1);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    /// <summary>Does a deletion that has just begun; false when there is no such mailbox in the state that is asked for.</summary>
    /// <param name="change">The deletion.</param>
    /// <param name="place">Finds the mailbox in that state.</param>
    public async Task<bool> RunAsync(MailboxDeletion change, FilterDefinition<BsonDocument> place)
    {
        var isDeleted = false;
        await writer.RunAsync(change.Mailbox, async () =>
        {
            isDeleted = (await database.Mailboxes.DeleteOneAsync(place)).DeletedCount > 0;
            if (isDeleted)
            {
                await FollowUpAsync(change);
            }
        });
        await EndAsync(change, isDeleted);
        return isDeleted;
    }

    /// <summary>
    /// Completes a deletion that was broken off; where the mailbox is still there it had not begun. Repeating it changes
    /// nothing.
    /// </summary>
    public async Task CompleteAsync(MailboxDeletion change)
    {
        var isDeleted = !await database.Mailboxes.Find(Filter.Eq("_id", change.Mailbox)).AnyAsync();
        if (isDeleted)
        {
            await writer.RunAsync(change.Mailbox, () => FollowUpAsync(change));
        }

        await EndAsync(change, isDeleted);
    }

    private async Task EndAsync(MailboxDeletion change, bool isDeleted)
    {
        if (isDeleted)
        {
            await announcer.MailboxDroppedAsync(change.Owner, change.Mailbox);
        }

        await changes.RemoveAsync(change);
    }

    private async Task FollowUpAsync(MailboxDeletion change)
    {
        await database.Filters.DeleteManyAsync(Filter.Eq("user", change.Owner) & Filter.Eq("action.mailbox", change.Mailbox));
        await JournalAsync(change);
        var overdue = (time.GetUtcNow() - Overdue).ToUnixTimeMilliseconds();
        await database.Messages.UpdateManyAsync(
            Filter.Eq("mailbox", change.Mailbox),
            Update.Set("exp", true).Set("rdate", BsonFields.ToJavaScriptNumber(overdue)));
    }

    private async Task JournalAsync(MailboxDeletion change)
    {
        try
        {
            await database.Journal.InsertOneAsync(new BsonDocument
            {
                { "_id", change.Journal },
                { "command", "DELETE" },
                { "mailbox", change.Mailbox },
                { "modseq", (int)change.Modseq },
                { "created", time.GetUtcNow().UtcDateTime },
                { "user", change.Owner },
            });
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // An earlier attempt wrote it.
        }
    }
}
