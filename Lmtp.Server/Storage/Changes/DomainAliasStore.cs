using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>Domain aliases. Specification section 2.3.</summary>
internal sealed class DomainAliasStore(MailDatabase database, AddressStore addresses, TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private IMongoCollection<BsonDocument> Aliases => database.DomainAliases.WithWriteConcern(MailDatabase.Durable);

    /// <summary>Lists them by alias.</summary>
    public async Task<Page<DomainAlias>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var filter = PageCursor.Decode(cursor) is { } after ? Filter.Gt("alias", after) : FilterDefinition<BsonDocument>.Empty;
        var documents = await Aliases.Find(filter)
            .Sort(Builders<BsonDocument>.Sort.Ascending("alias"))
            .Limit(limit + 1)
            .ToListAsync(cancellationToken);
        var found = documents.Take(limit).Select(DomainAlias.From).ToList();
        return new Page<DomainAlias>(found, documents.Count > limit ? PageCursor.Encode(found[^1].Alias) : null);
    }

    /// <summary>Reads one; null when there is none.</summary>
    public async Task<DomainAlias?> GetAsync(ObjectId id, CancellationToken cancellationToken) =>
        await Aliases.Find(Filter.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken) is { } document
            ? DomainAlias.From(document)
            : null;

    /// <summary>Adds one; null when the alias is one already.</summary>
    public async Task<DomainAlias?> AddAsync(string alias, string domain, CancellationToken cancellationToken)
    {
        var document = new BsonDocument
        {
            { "_id", ObjectId.GenerateNewId() },
            { "alias", MailAddressNormalizer.NormalizeDomain(alias) },
            { "domain", MailAddressNormalizer.NormalizeDomain(domain) },
            { "created", time.GetUtcNow().UtcDateTime },
        };
        try
        {
            await Aliases.InsertOneAsync(document, cancellationToken: cancellationToken);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return null;
        }

        await addresses.RememberDomainAsync($"@{document["alias"].AsString}", cancellationToken);
        return DomainAlias.From(document);
    }

    /// <summary>Removes one; false when there is no such alias.</summary>
    public async Task<bool> RemoveAsync(ObjectId id, CancellationToken cancellationToken) =>
        (await Aliases.DeleteOneAsync(Filter.Eq("_id", id), cancellationToken)).DeletedCount > 0;
}
