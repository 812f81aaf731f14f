using System.Globalization;
using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Reads stored messages. Specification section 2.6.</summary>
public sealed class MessageStore(MailDatabase database, MessageRestorer restorer)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private static readonly ProjectionDefinition<BsonDocument> SummaryProjection =
        Builders<BsonDocument>.Projection.Combine(
            MessageReader.SummaryFields.Select(field => Builders<BsonDocument>.Projection.Include(field)));

    /// <summary>Lists the messages of a mailbox, newest (highest UID) first.</summary>
    public async Task<Page<MessageSummary>> ListAsync(
        ObjectId user, ObjectId mailbox, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var filter = Filter.Eq("mailbox", mailbox) & Filter.Eq("user", user);
        if (PageCursor.Decode(cursor) is { } last)
        {
            if (!int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var before))
            {
                throw new InvalidCursorException();
            }

            filter &= Filter.Lt("uid", before);
        }

        var documents = await database.Messages.Find(filter)
            .Sort(Builders<BsonDocument>.Sort.Descending("uid"))
            .Limit(limit + 1)
            .Project<BsonDocument>(SummaryProjection)
            .ToListAsync(cancellationToken);
        var messages = documents.Take(limit).Select(MessageReader.ToSummary).ToList();
        return new Page<MessageSummary>(
            messages,
            documents.Count > limit
                ? PageCursor.Encode(messages[^1].Uid.ToString(CultureInfo.InvariantCulture))
                : null);
    }

    /// <summary>
    /// The last messages of a user in all mailboxes, the newest first. No index of the layout holds them in that order, so
    /// the last ones of each mailbox are compared.
    /// </summary>
    public async Task<IReadOnlyList<MessageSummary>> ListLastAsync(ObjectId user, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var mailboxes = await database.Mailboxes.Find(Filter.Eq("user", user))
            .Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("_id"))
            .ToListAsync(cancellationToken);
        var last = new List<MessageSummary>();
        foreach (var mailbox in mailboxes)
        {
            last.AddRange((await ListAsync(user, mailbox["_id"].AsObjectId, cursor: null, limit, cancellationToken)).Items);
        }

        return [.. last.OrderByDescending(message => message.Id).Take(limit)];
    }

    /// <summary>Reads a message of a user; null when there is none.</summary>
    public async Task<StoredMessage?> GetAsync(ObjectId user, ObjectId id, CancellationToken cancellationToken) =>
        await FindAsync(user, id, cancellationToken) is { } document ? MessageReader.ToMessage(document) : null;

    /// <summary>Reads what a list shows of a message; null when there is none.</summary>
    public async Task<MessageSummary?> GetSummaryAsync(ObjectId user, ObjectId id, CancellationToken cancellationToken) =>
        await database.Messages
            .Find(Filter.Eq("_id", id) & Filter.Eq("user", user))
            .Project<BsonDocument>(SummaryProjection)
            .FirstOrDefaultAsync(cancellationToken) is { } document
            ? MessageReader.ToSummary(document)
            : null;

    /// <summary>Reads what a list shows of messages of a mailbox, by their ids; what is not there is left out.</summary>
    public async Task<IReadOnlyDictionary<ObjectId, MessageSummary>> FindSummariesAsync(
        Mailbox mailbox, IReadOnlyCollection<ObjectId> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mailbox);
        var documents = await database.Messages
            .Find(Filter.In("_id", ids) & Filter.Eq("mailbox", mailbox.Id) & Filter.Eq("user", mailbox.User))
            .Project<BsonDocument>(SummaryProjection)
            .ToListAsync(cancellationToken);
        return documents.Select(MessageReader.ToSummary).ToDictionary(message => message.Id);
    }

    /// <summary>The bytes of a message as they were received; null when there is no such message.</summary>
    public async Task<RawMessage?> FindRawAsync(ObjectId user, ObjectId id, CancellationToken cancellationToken) =>
        await FindAsync(user, id, cancellationToken) is { } document ? new RawMessage(document, restorer) : null;

    /// <summary>
    /// Finds a message of the mailbox with this Message-ID and Date; null when there is none. Specification
    /// section 7.7.
    /// </summary>
    internal async Task<ObjectId?> FindDuplicateAsync(
        ObjectId mailbox, string messageId, long dateMilliseconds, CancellationToken cancellationToken)
    {
        var found = await database.Messages
            .Find(Filter.Eq("mailbox", mailbox) & Filter.Eq("hdate", new BsonDateTime(dateMilliseconds)) & Filter.Eq("msgid", messageId))
            .Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("_id"))
            .FirstOrDefaultAsync(cancellationToken);
        return found?["_id"].AsObjectId;
    }

    internal Task<BsonDocument?> FindAsync(ObjectId user, ObjectId id, CancellationToken cancellationToken) =>
        database.Messages
            .Find(Filter.Eq("_id", id) & Filter.Eq("user", user))
            .FirstOrDefaultAsync(cancellationToken)!;
}
