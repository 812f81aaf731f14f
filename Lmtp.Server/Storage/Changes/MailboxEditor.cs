using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>Makes, changes and deletes mailboxes as WildDuck does, and tells open IMAP sessions. Specification section 2.5.</summary>
internal sealed class MailboxEditor(
    MailDatabase database,
    SettingsStore settings,
    ChangeTurns turns,
    MailboxRemoval removal,
    ChangeAnnouncer announcer,
    TimeProvider time)
{
    private const string Inbox = "INBOX";
    private const string MaxMailboxesSetting = "const:max:mailboxes";
    private const int DefaultMaxMailboxes = 1500;
    private const int DuplicateKey = 11000;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    /// <summary>Makes a mailbox; without a retention of its own it takes the user's.</summary>
    public async Task<MailboxChange> CreateAsync(MailUser user, string path, long? retention, CancellationToken cancellationToken)
    {
        var most = await settings.GetCachedNumberAsync(MaxMailboxesSetting, DefaultMaxMailboxes, cancellationToken);
        if (await database.Mailboxes.CountDocumentsAsync(Filter.Eq("user", user.Id), cancellationToken: cancellationToken) > most)
        {
            return new MailboxChange(MailboxChangeStatus.TooMany);
        }

        var document = NewDocument(user, path, retention ?? user.Retention);
        try
        {
            await database.Mailboxes.InsertOneAsync(document, cancellationToken: cancellationToken);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return new MailboxChange(MailboxChangeStatus.PathTaken);
        }

        var mailbox = Mailbox.From(document);
        await JournalAsync(mailbox, new BsonDocument { { "command", "CREATE" }, { "mailbox", mailbox.Id }, { "path", path } });
        await announcer.MailboxesChangedAsync(user.Id);
        return new MailboxChange(MailboxChangeStatus.Done, mailbox);
    }

    /// <summary>Changes path, retention and subscription; what is null stays as it is.</summary>
    /// <param name="mailbox">The mailbox as it was read.</param>
    /// <param name="changes">What to change.</param>
    /// <param name="onlyIfUnchanged">Whether it has to be still as it was read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<MailboxChange> UpdateAsync(
        Mailbox mailbox, MailboxChanges changes, bool onlyIfUnchanged, CancellationToken cancellationToken)
    {
        var path = changes.Path;
        var isRenamed = path is not null && path != mailbox.Path;
        if (isRenamed && (mailbox.Path == Inbox || mailbox.IsHidden))
        {
            return new MailboxChange(MailboxChangeStatus.Forbidden);
        }

        var changed = await ChangeAsync(
            mailbox, changes with { Path = isRenamed ? path : null }, onlyIfUnchanged, cancellationToken);
        if (changed.Mailbox is not null && isRenamed)
        {
            await JournalAsync(changed.Mailbox, new BsonDocument { { "command", "RENAME" }, { "path", path }, { "mailbox", mailbox.Id } });
            await announcer.MailboxesChangedAsync(mailbox.User);
        }

        return changed;
    }

    /// <summary>
    /// Deletes a mailbox with its messages, and the filters that file into it. A deletion that is broken off is completed
    /// later.
    /// </summary>
    /// <param name="mailbox">The mailbox as it was read.</param>
    /// <param name="onlyIfUnchanged">Whether it has to be still as it was read.</param>
    /// <param name="cancellationToken">Gives up waiting for its turn.</param>
    public async Task<MailboxChange> DeleteAsync(Mailbox mailbox, bool onlyIfUnchanged, CancellationToken cancellationToken)
    {
        if (mailbox.SpecialUse is { Length: > 0 } || mailbox.Path == Inbox || mailbox.IsHidden)
        {
            return new MailboxChange(MailboxChangeStatus.Forbidden);
        }

        var change = MailboxDeletion.Of(mailbox);
        return await turns.RunAsync(change, () => removal.RunAsync(change, Find(mailbox, onlyIfUnchanged)), cancellationToken)
            ? new MailboxChange(MailboxChangeStatus.Done, mailbox)
            : new MailboxChange(MailboxChangeStatus.NotFound);
    }

    private static FilterDefinition<BsonDocument> Find(Mailbox mailbox, bool onlyIfUnchanged)
    {
        var found = Filter.Eq("_id", mailbox.Id) & Filter.Eq("user", mailbox.User);
        return onlyIfUnchanged ? found & Mailbox.Revision.Filter(mailbox.Document) : found;
    }

    private async Task<MailboxChange> ChangeAsync(
        Mailbox mailbox, MailboxChanges changes, bool onlyIfUnchanged, CancellationToken cancellationToken)
    {
        List<UpdateDefinition<BsonDocument>> updates = [];
        if (changes.Path is { } path)
        {
            updates.Add(Update.Set("path", path));
        }

        if (changes.Retention is { } kept && kept != mailbox.Retention)
        {
            updates.Add(Update.Set("retention", BsonFields.ToJavaScriptNumber(kept)));
            updates.Add(Update.Inc("retentionCounter", 1));
        }

        if (changes.IsSubscribed is { } isSubscribed)
        {
            updates.Add(Update.Set("subscribed", isSubscribed));
        }

        if (updates.Count == 0)
        {
            return new MailboxChange(MailboxChangeStatus.Done, mailbox);
        }

        try
        {
            var document = await database.Mailboxes.FindOneAndUpdateAsync(
                Find(mailbox, onlyIfUnchanged),
                Update.Combine(updates),
                new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
                cancellationToken);
            return document is null
                ? new MailboxChange(MailboxChangeStatus.NotFound)
                : new MailboxChange(MailboxChangeStatus.Done, Mailbox.From(document));
        }
        catch (MongoCommandException exception) when (exception.Code == DuplicateKey)
        {
            return new MailboxChange(MailboxChangeStatus.PathTaken);
        }
    }

    private BsonDocument NewDocument(MailUser user, string path, long retention) => new()
    {
        { "_id", ObjectId.GenerateNewId() },
        { "user", user.Id },
        { "path", path },
        { "uidValidity", (int)time.GetUtcNow().ToUnixTimeSeconds() },
        { "uidNext", 1 },
        { "modifyIndex", 1 },
        { "subscribed", true },
        { "flags", new BsonArray() },
        { "retention", BsonFields.ToJavaScriptNumber(retention) },
        { "retentionCounter", 0 },
    };

    private Task JournalAsync(Mailbox mailbox, BsonDocument entry)
    {
        entry.InsertAt(0, new BsonElement("_id", ObjectId.GenerateNewId()));
        entry.Add("modseq", (int)mailbox.HighestModseq);
        entry.Add("created", time.GetUtcNow().UtcDateTime);
        entry.Add("user", mailbox.User);
        return database.Journal.InsertOneAsync(entry);
    }
}
