using System.Globalization;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Searching;

/// <summary>Finds messages of a user, the last delivered first.</summary>
internal sealed class MessageFinder(MailDatabase database)
{
    private const int IndexNotFound = 27;

    /// <summary>How many mailboxes of a user are searched at a time.</summary>
    private const int SearchedAtOnce = 4;

    /// <summary>How long one search may keep the database busy.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(20);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private static readonly ProjectionDefinition<BsonDocument> Projection = Builders<BsonDocument>.Projection.Combine(
        MessageReader.SummaryFields.Select(field => Builders<BsonDocument>.Projection.Include(field)));

    /// <summary>Finds a part of the messages.</summary>
    /// <exception cref="MongoExecutionTimeoutException">The search reads too much.</exception>
    public async Task<Page<MessageSummary>> FindAsync(
        MessageQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        List<BsonDocument> documents;
        try
        {
            documents = await (IsOfEachMailbox(query)
                ? FindInEachAsync(query, cursor, limit + 1, cancellationToken)
                : FindAsync(query, byTextIndex: true, cursor, limit + 1, cancellationToken));
        }
        catch (MongoCommandException exception) when (exception.Code == IndexNotFound && query.Text is not null)
        {
            documents = await FindAsync(query, byTextIndex: false, cursor, limit + 1, cancellationToken);
        }

        var messages = documents.Take(limit).Select(MessageReader.ToSummary).ToList();
        return new Page<MessageSummary>(messages, documents.Count > limit ? CursorOf(messages[^1]) : null);
    }

    // The index of headers begins with the mailbox: one mailbox after the other, a few messages are read rather than all.
    private static bool IsOfEachMailbox(MessageQuery query) =>
        query is { Mailbox: null, Text: null } and ({ From: not null } or { To: not null } or { Subject: not null });

    private async Task<List<BsonDocument>> FindInEachAsync(
        MessageQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var mailboxes = await database.Mailboxes.Find(Filter.Eq("user", query.User))
            .Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("_id"))
            .ToListAsync(cancellationToken);
        var found = new List<BsonDocument>[mailboxes.Count];
        await Parallel.ForAsync(
            0,
            mailboxes.Count,
            new ParallelOptions { MaxDegreeOfParallelism = SearchedAtOnce, CancellationToken = cancellationToken },
            async (index, token) => found[index] = await FindAsync(
                query with { Mailbox = mailboxes[index]["_id"].AsObjectId }, byTextIndex: true, cursor, limit, token));
        return
        [
            .. found.SelectMany(static some => some)
                .OrderByDescending(static message => message["idate"])
                .ThenByDescending(static message => message["_id"])
                .Take(limit),
        ];
    }

    private Task<List<BsonDocument>> FindAsync(
        MessageQuery query, bool byTextIndex, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var filter = MessageFilter.Of(query, byTextIndex);
        if (ReadCursor(cursor) is var (time, id))
        {
            filter &= Filter.Lte("idate", time) & (Filter.Lt("idate", time) | Filter.Lt("_id", id));
        }

        return database.Messages.Find(filter, new FindOptions { MaxTime = MaxTime })
            .Sort(Builders<BsonDocument>.Sort.Descending("idate").Descending("_id"))
            .Limit(limit)
            .Project<BsonDocument>(Projection)
            .ToListAsync(cancellationToken);
    }

    private static string CursorOf(MessageSummary message) => PageCursor.Encode(
        string.Create(CultureInfo.InvariantCulture, $"{message.Received.ToUnixTimeMilliseconds()} {message.Id}"));

    private static (DateTime Time, ObjectId Id)? ReadCursor(string? cursor) =>
        PageCursor.Decode(cursor) is not { } key ? null
        : key.Split(' ') is [var time, var id]
        && long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        && ObjectId.TryParse(id, out var last)
            ? (DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime, last)
            : throw new InvalidCursorException();
}
