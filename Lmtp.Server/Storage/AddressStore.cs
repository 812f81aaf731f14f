using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>User addresses and their look-up. Specification sections 2.2 and 4.2.</summary>
public sealed class AddressStore(MailDatabase database, TimeProvider time)
{
    private const int MaxWildcardCharacters = 32;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;
    private static readonly UpdateDefinition<BsonDocument> CountChange = Update.Inc("lmtp.changes", 1);

    /// <summary>
    /// Finds the address document that an address leads to: exact, then through a domain alias, then by wildcard, then
    /// by a catch-all user; null when there is none.
    /// </summary>
    public async Task<AddressMatch?> ResolveAsync(string address, CancellationToken cancellationToken)
    {
        var key = MailAddressNormalizer.ForLookup(address);
        var at = key.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        if (await FindExactAsync(key, cancellationToken) is { } exact)
        {
            return new AddressMatch(exact, AddressMatchKind.Exact);
        }

        var (local, domain) = (key[..at], key[(at + 1)..]);
        var aliasTarget = await FindAliasTargetAsync(domain, cancellationToken);
        if (aliasTarget is not null && await FindExactAsync($"{local}@{aliasTarget}", cancellationToken) is { } aliased)
        {
            return new AddressMatch(aliased, AddressMatchKind.DomainAlias);
        }

        if (await FindWildcardAsync(local, domain, aliasTarget, cancellationToken) is { } wildcard)
        {
            return new AddressMatch(wildcard, AddressMatchKind.Wildcard);
        }

        return await FindExactAsync($"{local}@*", cancellationToken) is { } catchAll
            ? new AddressMatch(catchAll, AddressMatchKind.CatchAll)
            : null;
    }

    /// <summary>Reads one address document again; null when it is gone.</summary>
    public async Task<MailAddressEntry?> GetAsync(ObjectId id, CancellationToken cancellationToken) =>
        await database.Addresses.Find(Filter.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken) is { } document
            ? MailAddressEntry.From(document)
            : null;

    /// <summary>Lists the addresses of a user, by address.</summary>
    public async Task<IReadOnlyList<MailAddressEntry>> ListAsync(ObjectId user, CancellationToken cancellationToken)
    {
        var documents = await database.Addresses
            .Find(Filter.Eq("user", user))
            .Sort(Builders<BsonDocument>.Sort.Ascending("addrview"))
            .ToListAsync(cancellationToken);
        return documents.ConvertAll(MailAddressEntry.From);
    }

    /// <summary>
    /// Adds an address to a user. A wildcard may stand at the start or the end of the local part, or for the whole
    /// domain.
    /// </summary>
    public async Task<AddAddressResult> AddAsync(
        ObjectId user,
        string address,
        string? name,
        bool makeMain,
        CancellationToken cancellationToken)
    {
        var normalized = MailAddressNormalizer.Normalize(address);
        if (!IsStorable(normalized, allowWildcard: true))
        {
            return new AddAddressResult(AddAddressStatus.InvalidAddress);
        }

        if (!await database.Users.Find(Filter.Eq("_id", user)).AnyAsync(cancellationToken))
        {
            return new AddAddressResult(AddAddressStatus.UnknownUser);
        }

        var document = NewDocument(user, normalized);
        document.Add("name", name is null ? BsonNull.Value : (BsonValue)name);
        try
        {
            await database.Addresses.InsertOneAsync(document, cancellationToken: cancellationToken);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return new AddAddressResult(AddAddressStatus.AddressTaken);
        }

        await RememberDomainAsync(normalized, cancellationToken);
        if (makeMain)
        {
            await TryMakeMainAsync(user, document["_id"].AsObjectId, normalized, cancellationToken);
        }

        return new AddAddressResult(AddAddressStatus.Added, document["_id"].AsObjectId);
    }

    /// <summary>
    /// Names an address of a user (null: as it is, empty: as the user), and makes it the main one; false when it is gone,
    /// or was to be in the state that was read and is no longer.
    /// </summary>
    internal async Task<bool> UpdateAsync(
        MailAddressEntry entry, string? name, bool makeMain, bool onlyIfUnchanged, CancellationToken cancellationToken)
    {
        List<UpdateDefinition<BsonDocument>> updates = [];
        if (name is not null)
        {
            updates.Add(Update.Set("name", name.Length == 0 ? BsonNull.Value : (BsonValue)name));
        }

        if (makeMain)
        {
            updates.Add(CountChange);
        }

        if (updates.Count == 0)
        {
            return true;
        }

        var result = await database.Addresses.UpdateOneAsync(
            Find(entry, onlyIfUnchanged), Update.Combine(updates), cancellationToken: cancellationToken);
        return result.MatchedCount > 0
            && (!makeMain || await TryMakeMainAsync(entry.User!.Value, entry.Id, entry.Address, cancellationToken));
    }

    /// <summary>
    /// Removes an address of a user, who has no main address any more if it was that; false when it is gone, or was to be
    /// in the state that was read and is no longer.
    /// </summary>
    internal async Task<bool> RemoveAsync(MailAddressEntry entry, bool onlyIfUnchanged, CancellationToken cancellationToken)
    {
        var result = await database.Addresses.DeleteOneAsync(Find(entry, onlyIfUnchanged), cancellationToken);
        if (result.DeletedCount > 0)
        {
            await database.Users.UpdateOneAsync(
                Filter.Eq("_id", entry.User) & Filter.Eq("address", entry.Address),
                Update.Set("address", string.Empty),
                cancellationToken: cancellationToken);
        }

        return result.DeletedCount > 0;
    }

    /// <summary>Whether recipients of this domain are to be looked up at all (setting <c>const:domaincache:enabled</c>).</summary>
    public async Task<bool> IsKnownDomainAsync(string domain, CancellationToken cancellationToken) =>
        await database.DomainCache
            .Find(Filter.Eq("domain", MailAddressNormalizer.NormalizeDomain(domain)))
            .AnyAsync(cancellationToken);

    internal static bool IsStorable(string normalized, bool allowWildcard)
    {
        var at = normalized.LastIndexOf('@');
        if (at <= 0 || at == normalized.Length - 1 || normalized.Contains('+', StringComparison.Ordinal)
            || normalized.Any(char.IsWhiteSpace) || normalized.Any(char.IsControl))
        {
            return false;
        }

        var stars = normalized.Count('*');
        if (stars == 0)
        {
            return true;
        }

        var local = normalized[..at];
        return allowWildcard && stars == 1
            && (local[0] == '*' || local[^1] == '*' || normalized[(at + 1)..] == "*")
            && local.Length <= MaxWildcardCharacters + 1;
    }

    /// <summary>The address of a new user has no name field; one that is added later has it, if only null.</summary>
    internal BsonDocument NewDocument(ObjectId user, string normalized) => new()
    {
        { "_id", ObjectId.GenerateNewId() },
        { "user", user },
        { "address", normalized },
        { "addrview", MailAddressNormalizer.ToView(normalized) },
        { "created", time.GetUtcNow().UtcDateTime },
    };

    // Only a look-up aid: an address without its domain here is still found.
    internal async Task RememberDomainAsync(string address, CancellationToken cancellationToken)
    {
        var domain = address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..];
        if (domain.Contains('*', StringComparison.Ordinal))
        {
            return;
        }

        try
        {
            await database.DomainCache.InsertOneAsync(
                new BsonDocument("domain", domain), cancellationToken: cancellationToken);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
        }
    }

    /// <summary>
    /// Makes an address the main one of a user. Being it is a part of the state of an address, and is kept with the user: so
    /// the address that ceases to be the main one counts as changed, and one that is removed meanwhile does not become it.
    /// </summary>
    private async Task<bool> TryMakeMainAsync(ObjectId user, ObjectId id, string address, CancellationToken cancellationToken)
    {
        var owner = await database.Users.Find(Filter.Eq("_id", user)).FirstOrDefaultAsync(cancellationToken);
        if (owner?.StringOrNull("address") is { } former && former != address)
        {
            await database.Addresses.UpdateOneAsync(
                Filter.Eq("user", user) & Filter.Eq("address", former), CountChange, cancellationToken: cancellationToken);
        }

        await database.Users.UpdateOneAsync(
            Filter.Eq("_id", user), Update.Set("address", address), cancellationToken: cancellationToken);
        if (await database.Addresses.Find(Filter.Eq("_id", id)).AnyAsync(cancellationToken))
        {
            return true;
        }

        await database.Users.UpdateOneAsync(
            Filter.Eq("_id", user) & Filter.Eq("address", address),
            Update.Set("address", string.Empty),
            cancellationToken: cancellationToken);
        return false;
    }

    private static FilterDefinition<BsonDocument> Find(MailAddressEntry entry, bool onlyIfUnchanged)
    {
        var found = Filter.Eq("_id", entry.Id) & Filter.Eq("user", entry.User);
        return onlyIfUnchanged ? found & MailAddressEntry.Revision.Filter(entry.Document) : found;
    }

    private async Task<MailAddressEntry?> FindExactAsync(string view, CancellationToken cancellationToken) =>
        await database.Addresses.Find(Filter.Eq("addrview", view)).FirstOrDefaultAsync(cancellationToken) is { } document
            ? MailAddressEntry.From(document)
            : null;

    private async Task<string?> FindAliasTargetAsync(string domain, CancellationToken cancellationToken)
    {
        var alias = await database.DomainAliases.Find(Filter.Eq("alias", domain)).FirstOrDefaultAsync(cancellationToken);
        return alias?.GetValue("domain", BsonNull.Value) is BsonString target ? target.Value : null;
    }

    private async Task<MailAddressEntry?> FindWildcardAsync(
        string local, string domain, string? aliasTarget, CancellationToken cancellationToken)
    {
        var candidates = WildcardAddresses.Candidates(local, domain);
        var aliasCandidates = aliasTarget is null ? [] : WildcardAddresses.Candidates(local, aliasTarget);
        var found = await database.Addresses
            .Find(Filter.In("addrview", candidates.Concat(aliasCandidates)))
            .Sort(Builders<BsonDocument>.Sort.Ascending("addrview"))
            .ToListAsync(cancellationToken);
        var entries = found.ConvertAll(MailAddressEntry.From);
        var best = WildcardAddresses.Best(candidates, aliasCandidates, entries.ConvertAll(entry => entry.View));
        return best < 0 ? null : entries[best];
    }
}
