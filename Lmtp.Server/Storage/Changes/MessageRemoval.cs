using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Takes a message out of its mailbox: into the archive, drafts for good. What the database says it has removed is counted
/// out, once, with storage, attachments' references, journal and cached counts. Specification sections 2.7, 2.16 and 10.
/// </summary>
internal sealed class MessageRemoval(
    MailDatabase database, MessageArchive archive, RemovalCounts counts, MailboxExpunger expunger, ChangeStore changes)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private enum Outcome
    {
        Removed,
        NotThere,
        TakenByOthers,
    }

    /// <summary>
    /// Removes the message of a change that has just begun; null when somebody else was faster to move or remove it, or
    /// where it has another <paramref name="modseq"/> than the one that is given.
    /// </summary>
    public async Task<BsonDocument?> RunAsync(MessageChange change, long? modseq)
    {
        var place = Place(change.Message);
        var (outcome, message) = await TryRemoveAsync(
            change.Message, modseq is { } expected ? place & Filter.Eq("modseq", expected) : place);
        if (outcome == Outcome.Removed)
        {
            await FinishAsync(change);
        }
        else
        {
            await changes.RemoveAsync(change);
        }

        return message;
    }

    /// <summary>Completes a removal wherever it was broken off. Repeating it changes nothing.</summary>
    public async Task CompleteAsync(MessageChange change)
    {
        if (change.IsCounted || await IsOursAsync(change.Message))
        {
            await FinishAsync(change);
        }
        else
        {
            await archive.WithdrawAsync(change.Message, CancellationToken.None);
            await changes.RemoveAsync(change);
        }
    }

    // Of a message that is gone already, it was us unless somebody else has said so: others do that at once.
    private async Task<bool> IsOursAsync(RemovableMessage message) => (await TryRemoveAsync(message, Place(message))).Outcome switch
    {
        Outcome.Removed => true,
        Outcome.NotThere => !await expunger.IsAnnouncedByOthersAsync(message, CancellationToken.None),
        _ => false,
    };

    private static FilterDefinition<BsonDocument> Place(RemovableMessage message) =>
        Filter.Eq("_id", message.Id) & Filter.Eq("mailbox", message.Mailbox) & Filter.Eq("uid", message.Uid);

    private async Task<(Outcome Outcome, BsonDocument? Message)> TryRemoveAsync(
        RemovableMessage message, FilterDefinition<BsonDocument> place)
    {
        if (await database.Messages.Find(place).FirstOrDefaultAsync() is not { } found)
        {
            return (Outcome.NotThere, null);
        }

        var isArchived = message.IsArchived && await archive.AddAsync(found, CancellationToken.None);
        if (await database.Messages.FindOneAndDeleteAsync(place) is { } removed)
        {
            return (Outcome.Removed, removed);
        }

        if (isArchived)
        {
            await archive.WithdrawAsync(message, CancellationToken.None);
        }

        return (Outcome.TakenByOthers, null);
    }

    private async Task FinishAsync(MessageChange change)
    {
        var message = change.Message;
        if (!change.IsCounted)
        {
            await counts.SubtractSizeAsync(message, CancellationToken.None);
            if (!message.IsArchived)
            {
                await counts.ReleaseAttachmentsAsync(message, CancellationToken.None);
            }

            await changes.MarkCountedAsync(change);
        }

        await expunger.AnnounceAsync(message.Mailbox, [message], CancellationToken.None);
        await counts.ForgetAsync([message], CancellationToken.None);
        await changes.RemoveAsync(change);
    }
}
