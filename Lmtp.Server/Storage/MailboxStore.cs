using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Mailboxes and the numbers that they give out. Specification section 2.5.</summary>
public sealed class MailboxStore(MailDatabase database, TimeProvider time)
{
    /// <summary>How many mailboxes of a user are counted by one question.</summary>
    private const int CountedAtOnce = 1_000;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>Lists the mailboxes of a user by path, with the number of messages in each.</summary>
    public async Task<IReadOnlyList<MailboxSummary>> ListAsync(ObjectId user, CancellationToken cancellationToken)
    {
        var mailboxes = await ListPathsAsync(user, cancellationToken);
        var summaries = new List<MailboxSummary>(mailboxes.Count);
        foreach (var part in mailboxes.Chunk(CountedAtOnce))
        {
            var inThese = Filter.In("mailbox", part.Select(mailbox => mailbox.Id));
            var total = CountAsync(inThese, cancellationToken);
            var unseen = CountAsync(inThese & Filter.Eq("unseen", true), cancellationToken);
            await Task.WhenAll(total, unseen);
            var (totals, unseens) = (await total, await unseen);
            summaries.AddRange(part.Select(mailbox => new MailboxSummary(
                mailbox, totals.GetValueOrDefault(mailbox.Id), unseens.GetValueOrDefault(mailbox.Id))));
        }

        return summaries;
    }

    /// <summary>Reads a mailbox of a user with the number of its messages; null when there is none.</summary>
    public async Task<MailboxSummary?> GetSummaryAsync(ObjectId user, ObjectId id, CancellationToken cancellationToken) =>
        await GetAsync(user, id, cancellationToken) is { } mailbox ? await CountAsync(mailbox, cancellationToken) : null;

    /// <summary>Adds up the bytes that the messages of a mailbox have.</summary>
    public async Task<long> SumAsync(ObjectId id, CancellationToken cancellationToken)
    {
        var sum = await database.Messages.Aggregate()
            .Match(Filter.Eq("mailbox", id))
            .Group<BsonDocument>(new BsonDocument { { "_id", BsonNull.Value }, { "size", new BsonDocument("$sum", "$size") } })
            .FirstOrDefaultAsync(cancellationToken);
        return sum?.Number("size") ?? 0;
    }

    /// <summary>Reads a mailbox of a user; null when there is none.</summary>
    public Task<Mailbox?> GetAsync(ObjectId user, ObjectId id, CancellationToken cancellationToken) =>
        FindAsync(Filter.Eq("_id", id) & Filter.Eq("user", user), cancellationToken);

    /// <summary>All mailboxes of a user by path, without counting what is in them.</summary>
    public async Task<IReadOnlyList<Mailbox>> ListPathsAsync(ObjectId user, CancellationToken cancellationToken) =>
        [
            .. (await database.Mailboxes.Find(Filter.Eq("user", user))
                .Sort(Builders<BsonDocument>.Sort.Ascending("path"))
                .ToListAsync(cancellationToken)).Select(Mailbox.From),
        ];

    /// <summary>How many mailboxes a user has.</summary>
    public Task<long> CountAsync(ObjectId user, CancellationToken cancellationToken) =>
        database.Mailboxes.CountDocumentsAsync(Filter.Eq("user", user), cancellationToken: cancellationToken);

    /// <summary>Lists keywords among those that were ever used in a mailbox.</summary>
    public Task AddKeywordsAsync(ObjectId id, IReadOnlyList<string> keywords, CancellationToken cancellationToken) =>
        database.Mailboxes.UpdateOneAsync(
            Filter.Eq("_id", id),
            Builders<BsonDocument>.Update.AddToSetEach("flags", keywords),
            cancellationToken: cancellationToken);

    /// <summary>Finds a mailbox by its path; null when there is none.</summary>
    public Task<Mailbox?> FindByPathAsync(ObjectId user, string path, CancellationToken cancellationToken) =>
        FindAsync(Filter.Eq("user", user) & Filter.Eq("path", path), cancellationToken);

    /// <summary>Finds a mailbox by its special use; null when there is none.</summary>
    public Task<Mailbox?> FindBySpecialUseAsync(ObjectId user, string specialUse, CancellationToken cancellationToken) =>
        FindAsync(Filter.Eq("user", user) & Filter.Eq("specialUse", specialUse), cancellationToken);

    /// <summary>Finds INBOX; null when the user has lost it.</summary>
    public Task<Mailbox?> FindInboxAsync(ObjectId user, CancellationToken cancellationToken) =>
        FindByPathAsync(user, "INBOX", cancellationToken);

    /// <summary>
    /// Makes a mailbox with the user's retention, or finds the one that has the path already.
    /// </summary>
    public async Task<Mailbox> CreateAsync(ObjectId user, string path, long retention, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var document = new BsonDocument
        {
            { "_id", ObjectId.GenerateNewId() },
            { "user", user },
            { "path", path },
            { "specialUse", BsonNull.Value },
            { "uidValidity", (int)now.ToUnixTimeSeconds() },
            { "uidNext", 1 },
            { "modifyIndex", 1 },
            { "subscribed", true },
            { "flags", new BsonArray() },
            { "retention", BsonFields.ToJavaScriptNumber(retention) },
        };
        try
        {
            await database.Mailboxes.InsertOneAsync(document, cancellationToken: cancellationToken);
            return Mailbox.From(document);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return await FindByPathAsync(user, path, cancellationToken)
                ?? throw new InvalidOperationException("The mailbox was deleted while it was being made.", exception);
        }
    }

    /// <summary>
    /// Takes <paramref name="count"/> UIDs and modseqs in one operation, so that the order of both is the same.
    /// Null when the mailbox is gone.
    /// </summary>
    internal async Task<UidRange?> TakeUidsAsync(ObjectId mailbox, int count, CancellationToken cancellationToken)
    {
        var before = await database.Mailboxes.FindOneAndUpdateAsync(
            Filter.Eq("_id", mailbox),
            Builders<BsonDocument>.Update.Inc("uidNext", count).Inc("modifyIndex", count),
            new FindOneAndUpdateOptions<BsonDocument>
            {
                ReturnDocument = ReturnDocument.Before,
                Projection = Builders<BsonDocument>.Projection.Include("uidNext").Include("modifyIndex"),
            },
            cancellationToken);
        return before is null
            ? null
            : new UidRange((int)before.Number("uidNext"), (int)before.Number("modifyIndex") + 1);
    }

    /// <summary>Takes a modseq for changes that give out no UID; null when the mailbox is gone.</summary>
    internal Task<int?> TakeModseqAsync(ObjectId mailbox, CancellationToken cancellationToken) =>
        TakeModseqsAsync(mailbox, 1, cancellationToken);

    /// <summary>
    /// Takes <paramref name="count"/> modseqs in one operation, for changes that give out no UID; the first of them, null
    /// when the mailbox is gone.
    /// </summary>
    internal async Task<int?> TakeModseqsAsync(ObjectId mailbox, int count, CancellationToken cancellationToken)
    {
        var after = await database.Mailboxes.FindOneAndUpdateAsync(
            Filter.Eq("_id", mailbox),
            Builders<BsonDocument>.Update.Inc("modifyIndex", count),
            new FindOneAndUpdateOptions<BsonDocument>
            {
                ReturnDocument = ReturnDocument.After,
                Projection = Builders<BsonDocument>.Projection.Include("modifyIndex"),
            },
            cancellationToken);
        return after is null ? null : (int)after.Number("modifyIndex") - count + 1;
    }

    // Nothing but mailbox and unseen is asked for, which the keys of WildDuck's indexes have.
    private async Task<Dictionary<ObjectId, long>> CountAsync(FilterDefinition<BsonDocument> filter, CancellationToken cancellationToken)
    {
        var counts = await database.Messages.Aggregate()
            .Match(filter)
            .Group<BsonDocument>(new BsonDocument { { "_id", "$mailbox" }, { "count", new BsonDocument("$sum", 1) } })
            .ToListAsync(cancellationToken);
        return counts.ToDictionary(count => count["_id"].AsObjectId, count => count.Number("count"));
    }

    private async Task<MailboxSummary> CountAsync(Mailbox mailbox, CancellationToken cancellationToken)
    {
        var inMailbox = Filter.Eq("mailbox", mailbox.Id);
        var total = database.Messages.CountDocumentsAsync(inMailbox, cancellationToken: cancellationToken);
        var unseen = database.Messages.CountDocumentsAsync(
            inMailbox & Filter.Eq("unseen", true), cancellationToken: cancellationToken);
        await Task.WhenAll(total, unseen);
        return new MailboxSummary(mailbox, await total, await unseen);
    }

    private async Task<Mailbox?> FindAsync(FilterDefinition<BsonDocument> filter, CancellationToken cancellationToken) =>
        await database.Mailboxes.Find(filter).FirstOrDefaultAsync(cancellationToken) is { } document
            ? Mailbox.From(document)
            : null;
}
