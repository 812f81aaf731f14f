using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>The filters of users, as documents. Specification section 2.10.</summary>
internal sealed class FilterEditor(MailDatabase database, TimeProvider time)
{
    private const string Extension = "lmtp";
    private const string Order = "order";

    private static readonly string[] Content = ["name", "query", "action", "disabled", Extension];
    private static readonly Revision State = new(Content);
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    private IMongoCollection<BsonDocument> Filters => database.Filters.WithWriteConcern(MailDatabase.Durable);

    /// <summary>All filters of a user in the order in which they are looked at.</summary>
    public async Task<List<BsonDocument>> ListAsync(ObjectId user, CancellationToken cancellationToken)
    {
        var documents = await Filters.Find(Filter.Eq("user", user))
            .Sort(Builders<BsonDocument>.Sort.Ascending("_id"))
            .ToListAsync(cancellationToken);
        return [.. documents.OrderBy(document => document.DocumentOrNull(Extension)?.Number(Order) ?? 0)];
    }

    /// <summary>The place of the filter that is looked at last; 0 when there is none.</summary>
    public async Task<int> LastOrderAsync(ObjectId user, CancellationToken cancellationToken) =>
        await ListAsync(user, cancellationToken) is [.., var last]
            ? (int)Math.Clamp(last.DocumentOrNull(Extension)?.Number(Order) ?? 0, int.MinValue, int.MaxValue)
            : 0;

    /// <summary>Reads a filter; null when the user has no such one.</summary>
    public Task<BsonDocument?> GetAsync(ObjectId user, ObjectId filter, CancellationToken cancellationToken) =>
        Filters.Find(Filter.Eq("_id", filter) & Filter.Eq("user", user)).FirstOrDefaultAsync(cancellationToken)!;

    /// <summary>Adds a filter.</summary>
    /// <param name="user">The owner.</param>
    /// <param name="content">Name, query, action, disabled and extension.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<BsonDocument> AddAsync(ObjectId user, BsonDocument content, CancellationToken cancellationToken)
    {
        var document = new BsonDocument { { "_id", ObjectId.GenerateNewId() }, { "user", user } };
        document.AddRange(content);
        document.Add("created", time.GetUtcNow().UtcDateTime);
        await Filters.InsertOneAsync(document, cancellationToken: cancellationToken);
        return document;
    }

    /// <summary>Replaces the content of a filter that still has the <paramref name="expected"/> one; null when it has not.</summary>
    public async Task<BsonDocument?> ReplaceAsync(
        BsonDocument expected, BsonDocument content, CancellationToken cancellationToken)
    {
        var updates = Content.Select(field => content.TryGetValue(field, out var value) ? Update.Set(field, value) : Update.Unset(field));
        return await Filters.FindOneAndUpdateAsync(
            Place(expected) & State.Filter(expected),
            Update.Combine(updates),
            new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
            cancellationToken);
    }

    /// <summary>Has the filters looked at in this order.</summary>
    public async Task ReorderAsync(ObjectId user, IReadOnlyList<ObjectId> filters, CancellationToken cancellationToken)
    {
        for (var place = 0; place < filters.Count; place++)
        {
            await Filters.UpdateOneAsync(
                Filter.Eq("_id", filters[place]) & Filter.Eq("user", user),
                Update.Set($"{Extension}.{Order}", place),
                cancellationToken: cancellationToken);
        }
    }

    /// <summary>Removes a filter; false when it is gone, or was to be in the state that was read and is no longer.</summary>
    public async Task<bool> RemoveAsync(BsonDocument filter, bool onlyIfUnchanged, CancellationToken cancellationToken)
    {
        var result = await Filters.DeleteOneAsync(
            onlyIfUnchanged ? Place(filter) & State.Filter(filter) : Place(filter), cancellationToken);
        return result.DeletedCount > 0;
    }

    /// <summary>What an entity tag is made from.</summary>
    public static string StateOf(BsonDocument document) => State.Of(document);

    private static FilterDefinition<BsonDocument> Place(BsonDocument filter) =>
        Filter.Eq("_id", filter["_id"]) & Filter.Eq("user", filter["user"]);
}
