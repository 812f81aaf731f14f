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
    /// <exception cref="TimeoutException">
    /// Another server has taken over changes meanwhile, and knows what becomes of their messages. The others are complete.
    /// </exception>
    public async Task<IReadOnlyList<BsonDocument?>> RunAsync(IReadOnlyList<MessageChange> batch, long? modseq)
    {
        var attempts = await TryRemoveAsync([.. batch.Select(change => change.Message)], modseq);
        var removed = batch.Where((_, index) => attempts[index].Outcome == Outcome.Removed).ToHashSet();
        var renewed = await changes.RenewAsync(batch);
        var own = batch.Where(change => renewed.Contains(change.Id)).ToList();
        if (own.FindAll(removed.Contains) is { Count: > 0 } finished)
        {
            await FinishAsync(finished);
        }

        if (own.FindAll(change => !removed.Contains(change)) is { Count: > 0 } failed)
        {
            await GiveUpAsync(failed, attempts.Where(attempt => attempt.IsArchived).Select(attempt => attempt.Message.Id).ToHashSet());
        }

        return own.Union(removed).Count() == batch.Count
            ? [.. attempts.Select(attempt => attempt.Outcome == Outcome.Removed ? attempt.Document : null)]
            : throw new TimeoutException("This server was held up; another one has taken over the deletions that it had begun.");
    }

    /// <summary>
    /// Completes a removal wherever it was broken off. Repeating it changes nothing. False where the message goes in this
    /// very moment, and whether by us shows only later.
    /// </summary>
    public async Task<bool> CompleteAsync(MessageChange change)
    {
        var outcome = change.IsCounted ? Outcome.Removed : (await TryRemoveAsync([change.Message], modseq: null))[0].Outcome;
        if (outcome == Outcome.TakenByOthers)
        {
            return false;
        }

        // Of a message that is gone already, it was us unless somebody else has said so: others do that at once.
        if (outcome == Outcome.Removed || !await expunger.IsAnnouncedByOthersAsync(change.Message, CancellationToken.None))
        {
            await FinishAsync([change]);
        }
        else
        {
            await archive.WithdrawAsync(change.Message, CancellationToken.None);
            await changes.RemoveAsync(change);
        }

        return true;
    }

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
    private async Task<IReadOnlyList<Attempt>> TryRemoveAsync(IReadOnlyList<RemovableMessage> messages, long? modseq)
    {
        var found = (await database.Messages.Find(Filter.In("_id", messages.Select(message => message.Id))).ToListAsync())
            .ToDictionary(document => document["_id"].AsObjectId);
        var there = messages
            .Where(message => found.TryGetValue(message.Id, out var document) && IsInPlace(document, message, modseq))
            .ToList();
        var archived = await archive.AddAsync(
            [.. there.Where(message => message.IsArchived).Select(message => found[message.Id])], CancellationToken.None);
        var deleted = await Task.WhenAll(there.Select(message => database.Messages.DeleteOneAsync(Place(message, modseq))));
        var outcomes = there.Zip(deleted).ToDictionary(
            tried => tried.First.Id, tried => tried.Second.DeletedCount > 0 ? Outcome.Removed : Outcome.TakenByOthers);
        return
        [
            .. messages.Select(message => new Attempt(
                message,
                outcomes.GetValueOrDefault(message.Id, Outcome.NotThere),
                found.GetValueOrDefault(message.Id),
                archived.Contains(message.Id))),
        ];
    }

    private async Task GiveUpAsync(IReadOnlyList<MessageChange> failed, HashSet<ObjectId> archived)
    {
        foreach (var change in failed.Where(change => archived.Contains(change.Id)))
        {
            await archive.WithdrawAsync(change.Message, CancellationToken.None);
        }

        await changes.RemoveAsync(failed);
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

    /// <param name="Message">What was to be removed.</param>
    /// <param name="Outcome">What became of it.</param>
    /// <param name="Document">The message as it was found, whichever place that was.</param>
    /// <param name="IsArchived">Whether this attempt put it into the archive.</param>
    private sealed record Attempt(RemovableMessage Message, Outcome Outcome, BsonDocument? Document, bool IsArchived);
}
