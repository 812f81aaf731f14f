using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Benchmarks.PortalScale;

/// <summary>Fills a database with many users, one user's full mailbox, and a month of deliveries, by bulk inserts.</summary>
internal sealed class ScaleSeed(IMongoClient client, int users, int entries)
{
    /// <summary>How many messages the first user's INBOX holds.</summary>
    public const int Messages = 100_000;

    /// <summary>How many messages are changed at once.</summary>
    private const int BulkMessages = 250;
    private const int BatchSize = 2_000;

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private static readonly InsertManyOptions Unordered = new() { IsOrdered = false };

    private readonly IMongoDatabase _mail = client.GetDatabase(MailDatabase.DefaultDatabaseName);
    private readonly IMongoDatabase _own = client.GetDatabase("lmtp");

    /// <summary>The user with the full mailbox.</summary>
    public ObjectId FirstUser { get; private set; }

    /// <summary>That user's INBOX.</summary>
    public ObjectId FirstInbox { get; private set; }

    /// <summary>An entry of the delivery log.</summary>
    public ObjectId SomeEntry { get; private set; }

    /// <summary>The newest messages of the full mailbox, as many as one change may name.</summary>
    public IReadOnlyList<ObjectId> NewestMessages { get; private set; } = [];

    /// <summary>Inserts everything.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var ids = await AddUsersAsync(cancellationToken).ConfigureAwait(false);
        await AddMessagesAsync(cancellationToken).ConfigureAwait(false);
        await AddEntriesAsync(ids, cancellationToken).ConfigureAwait(false);
        await new ScaleStatistics(_own, Now).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<ObjectId[]> AddUsersAsync(CancellationToken cancellationToken)
    {
        var ids = new ObjectId[users];
        for (var first = 0; first < users; first += BatchSize)
        {
            var batch = Enumerable.Range(first, Math.Min(BatchSize, users - first)).ToList();
            var documents = batch.ConvertAll(UserOf);
            var mailboxes = new List<BsonDocument>();
            foreach (var (number, document) in batch.Zip(documents))
            {
                var id = document["_id"].AsObjectId;
                ids[number] = id;
                mailboxes.AddRange(UserDocument.CreateMailboxes(NewUser(number), id, Now));
                if (number == 0)
                {
                    FirstUser = id;
                    FirstInbox = mailboxes.Single(mailbox => mailbox["path"] == "INBOX")["_id"].AsObjectId;
                }
            }

            await InsertAsync(_mail, "users", documents, cancellationToken).ConfigureAwait(false);
            await InsertAsync(_mail, "addresses", batch.ConvertAll(number => AddressOf(number, ids[number])), cancellationToken).ConfigureAwait(false);
            await InsertAsync(_mail, "mailboxes", mailboxes, cancellationToken).ConfigureAwait(false);
        }

        return ids;
    }

    private static NewUser NewUser(int number) => new() { Username = ScaleNames.Username(number), Address = ScaleNames.Address(number) };

    private static BsonDocument UserOf(int number)
    {
        var document = UserDocument.Create(NewUser(number), Now.AddMinutes(-number));
        document["activated"] = true;
        document["disabled"] = false;
        document["address"] = ScaleNames.Address(number);
        document["storageUsed"] = number * 1_000;
        return document;
    }

    private static BsonDocument AddressOf(int number, ObjectId user) => new()
    {
        { "_id", ObjectId.GenerateNewId() },
        { "user", user },
        { "name", BsonNull.Value },
        { "address", ScaleNames.Address(number) },
        { "addrview", MailAddressNormalizer.ToView(ScaleNames.Address(number)) },
        { "created", Now.UtcDateTime },
    };

    private async Task AddMessagesAsync(CancellationToken cancellationToken)
    {
        var messages = new ScaleMessages(FirstUser, FirstInbox, Messages, Now);
        for (var first = 0; first < Messages; first += BatchSize)
        {
            var documents = new List<BsonDocument>(BatchSize);
            for (var number = first; number < first + BatchSize; number++)
            {
                documents.Add(await messages.CreateAsync(number, cancellationToken).ConfigureAwait(false));
            }

            NewestMessages = [.. documents.TakeLast(BulkMessages).Select(document => document["_id"].AsObjectId)];
            await InsertAsync(_mail, "messages", documents, cancellationToken).ConfigureAwait(false);
        }

        await _mail.GetCollection<BsonDocument>("mailboxes").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", FirstInbox),
            Builders<BsonDocument>.Update.Set("uidNext", Messages + 1).Set("modifyIndex", Messages + 1),
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private async Task AddEntriesAsync(ObjectId[] ids, CancellationToken cancellationToken)
    {
        var since = Now.AddDays(-29);
        var step = TimeSpan.FromDays(29) / entries;
        for (var first = 0; first < entries; first += BatchSize)
        {
            var documents = Enumerable.Range(first, Math.Min(BatchSize, entries - first))
                .Select(number => ScaleEntries.Of(number, since + (number * step), ids[number % ids.Length], ScaleNames.Address(number % ids.Length)))
                .Select(record => DeliveryLogDocument.From(record, record.Time.AddDays(30)))
                .ToList();
            SomeEntry = documents[0]["_id"].AsObjectId;
            await InsertAsync(_own, DeliveryLogStore.CollectionName, documents, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task InsertAsync(
        IMongoDatabase database, string collection, IEnumerable<BsonDocument> documents, CancellationToken cancellationToken) =>
        database.GetCollection<BsonDocument>(collection).InsertManyAsync(documents, Unordered, cancellationToken);
}
