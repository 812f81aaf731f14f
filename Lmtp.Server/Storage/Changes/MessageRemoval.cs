using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Takes messages out of their mailbox: into the archive, drafts for good. What the database says it has removed is counted
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
    /// Removes the messages of changes of one mailbox that have just begun; returns each message as it was, null where somebody
    /// else was faster to move or remove it, or where it has another <paramref name="modseq"/> than the one that is given.
    /// </summary>
    public async Task<IReadOnlyList<BsonDocument?>> RunAsync(IReadOnlyList<MessageChange> batch, long? modseq)
    {
        var attempts = await TryRemoveAsync([.. batch.Select(change => change.Message)], modseq);
        var removed = batch.Where((_, index) => attempts[index].Outcome == Outcome.Removed).ToList();
        if (removed.Count > 0)
        {
            await FinishAsync(removed);
        }

        if (removed.Count < batch.Count)
        {
            await changes.RemoveAsync([.. batch.Except(removed)]);
        }

        return [.. attempts.Select(attempt => attempt.Outcome == Outcome.Removed ? attempt.Message : null)];
    }

    /// <summary>Completes a removal wherever it was broken off. Repeating it changes nothing.</summary>
    public async Task CompleteAsync(MessageChange change)
    {
        if (change.IsCounted || await IsOursAsync(change.Message))
        {
            await FinishAsync([change]);
        }
        else
        {
            await archive.WithdrawAsync(change.Message, CancellationToken.None);
            await changes.RemoveAsync(change);
        }
    }

    // Of a message that is gone already, it was us unless somebody else has said so: others do that at once.
    private async Task<bool> IsOursAsync(RemovableMessage message) => (await TryRemoveAsync([message], modseq: null))[0].Outcome switch
    {
        Outcome.Removed => true,
        Outcome.NotThere => !await expunger.IsAnnouncedByOthersAsync(message, CancellationToken.None),
        _ => false,
    };

    private static FilterDefinition<BsonDocument> Place(RemovableMessage message, long? modseq)
    {
        var place = Filter.Eq("_id", message.Id) & Filter.Eq("mailbox", message.Mailbox) & Filter.Eq("uid", message.Uid);
        return modseq is { } expected ? place & Filter.Eq("modseq", expected) : place;
    }

    private static bool IsInPlace(BsonDocument found, RemovableMessage message, long? modseq) =>
        found["mailbox"] == message.Mailbox
        && found.Number("uid") == message.Uid
        && (modseq is not { } expected || found.Number("modseq") == expected);

    // Into the archive first, so that none is lost; then out of the mailbox.
    private async Task<IReadOnlyList<(Outcome Outcome, BsonDocument? Message)>> TryRemoveAsync(
        IReadOnlyList<RemovableMessage> messages, long? modseq)
    {
        var found = (await database.Messages.Find(Filter.In("_id", messages.Select(message => message.Id))).ToListAsync())
            .ToDictionary(document => document["_id"].AsObjectId);
        var there = messages
            .Where(message => found.TryGetValue(message.Id, out var document) && IsInPlace(document, message, modseq))
            .ToList();
        var archived = await archive.AddAsync(
            [.. there.Where(message => message.IsArchived).Select(message => found[message.Id])], CancellationToken.None);
        var deleted = await Task.WhenAll(there.Select(message => database.Messages.DeleteOneAsync(Place(message, modseq))));
        var removed = there.Where((_, index) => deleted[index].DeletedCount > 0).Select(message => message.Id).ToHashSet();
        foreach (var kept in there.Where(message => !removed.Contains(message.Id) && archived.Contains(message.Id)))
        {
            await archive.WithdrawAsync(kept, CancellationToken.None);
        }

        var tried = there.Select(message => message.Id).ToHashSet();
        return
        [
            .. messages.Select(message => removed.Contains(message.Id) ? (Outcome.Removed, found[message.Id])
                : (tried.Contains(message.Id) ? Outcome.TakenByOthers : Outcome.NotThere, (BsonDocument?)null)),
        ];
    }

    private async Task FinishAsync(IReadOnlyList<MessageChange> batch)
    {
        var uncounted = batch.Where(change => !change.IsCounted).ToList();
        if (uncounted.Count > 0)
        {
            await CountOutAsync([.. uncounted.Select(change => change.Message)]);
            await changes.MarkCountedAsync(uncounted);
        }

        var messages = batch.Select(change => change.Message).ToList();
        await expunger.AnnounceAsync(messages[0].Mailbox, messages, CancellationToken.None);
        await counts.ForgetAsync(messages, CancellationToken.None);
        await changes.RemoveAsync(batch);
    }

    private async Task CountOutAsync(IReadOnlyList<RemovableMessage> messages)
    {
        await counts.SubtractSizesAsync(messages, CancellationToken.None);
        foreach (var message in messages.Where(message => !message.IsArchived))
        {
            await counts.ReleaseAttachmentsAsync(message, CancellationToken.None);
        }
    }
}
