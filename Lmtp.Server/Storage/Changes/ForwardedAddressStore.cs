using Lmtp.Server.Filters;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>Forwarded addresses, made and changed as WildDuck's API does. Specification section 2.2.</summary>
internal sealed class ForwardedAddressStore(MailDatabase database, AddressStore addresses)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;
    /// <summary>WildDuck's index of owners has those without one, too.</summary>
    private static readonly FilterDefinition<BsonDocument> IsForwarded = Filter.Exists("targets") & Filter.Eq("user", BsonNull.Value);

    /// <summary>Lists them by address.</summary>
    public async Task<Page<MailAddressEntry>> ListAsync(string? startsWith, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var filter = IsForwarded;
        if (!string.IsNullOrEmpty(startsWith))
        {
            var view = MailAddressNormalizer.ToView(startsWith);
            filter &= Filter.Gte("addrview", view) & Filter.Lt("addrview", view + char.MaxValue);
        }

        if (PageCursor.Decode(cursor) is { } after)
        {
            filter &= Filter.Gt("addrview", after);
        }

        var documents = await database.Addresses.Find(filter)
            .Sort(Builders<BsonDocument>.Sort.Ascending("addrview"))
            .Limit(limit + 1)
            .ToListAsync(cancellationToken);
        var found = documents.Take(limit).Select(MailAddressEntry.From).ToList();
        return new Page<MailAddressEntry>(found, documents.Count > limit ? PageCursor.Encode(found[^1].View) : null);
    }

    /// <summary>Reads one; null when there is none.</summary>
    public async Task<MailAddressEntry?> GetAsync(ObjectId id, CancellationToken cancellationToken) =>
        await database.Addresses.Find(Filter.Eq("_id", id) & IsForwarded).FirstOrDefaultAsync(cancellationToken) is { } document
            ? MailAddressEntry.From(document)
            : null;

    /// <summary>Adds one.</summary>
    public async Task<AddAddressResult> AddAsync(
        string address, string? name, IReadOnlyList<ForwardTarget> targets, long forwards, CancellationToken cancellationToken)
    {
        var normalized = MailAddressNormalizer.Normalize(address);
        if (!AddressStore.IsStorable(normalized, allowWildcard: true))
        {
            return new AddAddressResult(AddAddressStatus.InvalidAddress);
        }

        var document = addresses.NewDocument(ObjectId.Empty, normalized);
        document.Remove("user");
        document.Add("name", name is null ? BsonNull.Value : (BsonValue)name);
        document.Add("targets", await ToBsonAsync(targets, cancellationToken));
        document.Add("forwards", BsonFields.ToJavaScriptNumber(forwards));
        try
        {
            await database.Addresses.InsertOneAsync(document, cancellationToken: cancellationToken);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return new AddAddressResult(AddAddressStatus.AddressTaken);
        }

        await addresses.RememberDomainAsync(normalized, cancellationToken);
        return new AddAddressResult(AddAddressStatus.Added, document["_id"].AsObjectId);
    }

    /// <summary>
    /// Changes one; what is null stays. Null when it is gone, or was to be in the state that was read and is no longer.
    /// </summary>
    public async Task<MailAddressEntry?> UpdateAsync(
        MailAddressEntry entry, ForwardedAddressChanges changes, bool onlyIfUnchanged, CancellationToken cancellationToken)
    {
        var updates = await ToUpdatesAsync(changes, cancellationToken);
        if (updates.Count == 0)
        {
            return await GetAsync(entry.Id, cancellationToken);
        }

        var changed = await database.Addresses.FindOneAndUpdateAsync(
            Find(entry, onlyIfUnchanged),
            Update.Combine(updates),
            new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
            cancellationToken);
        return changed is null ? null : MailAddressEntry.From(changed);
    }

    /// <summary>Removes one; false when it is gone, or was to be in the state that was read and is no longer.</summary>
    public async Task<bool> RemoveAsync(MailAddressEntry entry, bool onlyIfUnchanged, CancellationToken cancellationToken) =>
        (await database.Addresses.DeleteOneAsync(Find(entry, onlyIfUnchanged), cancellationToken)).DeletedCount > 0;

    private static FilterDefinition<BsonDocument> Find(MailAddressEntry entry, bool onlyIfUnchanged)
    {
        var found = Filter.Eq("_id", entry.Id) & IsForwarded;
        return onlyIfUnchanged ? found & MailAddressEntry.Revision.Filter(entry.Document) : found;
    }

    private async Task<List<UpdateDefinition<BsonDocument>>> ToUpdatesAsync(
        ForwardedAddressChanges changes, CancellationToken cancellationToken)
    {
        List<UpdateDefinition<BsonDocument>> updates = [];
        if (changes.Name is { } name)
        {
            updates.Add(Update.Set("name", name.Length == 0 ? BsonNull.Value : (BsonValue)name));
        }

        if (changes.Targets is { } targets)
        {
            updates.Add(Update.Set("targets", await ToBsonAsync(targets, cancellationToken)));
        }

        if (changes.Forwards is { } most)
        {
            updates.Add(Update.Set("forwards", BsonFields.ToJavaScriptNumber(most)));
        }

        if (changes.IsDisabled is { } isDisabled)
        {
            updates.Add(Update.Set("forwardedDisabled", isDisabled));
        }

        return updates;
    }

    /// <summary>A target that is an address of ours carries its user, so that its mail does not leave the house.</summary>
    private async Task<BsonArray> ToBsonAsync(IReadOnlyList<ForwardTarget> targets, CancellationToken cancellationToken)
    {
        var array = ForwardTargetDocument.ToBson(targets);
        foreach (var target in array.OfType<BsonDocument>().Where(target => target["type"] == "mail"))
        {
            var view = MailAddressNormalizer.ToView(target["value"].AsString);
            var local = await database.Addresses.Find(Filter.Eq("addrview", view)).FirstOrDefaultAsync(cancellationToken);
            if (local?.IdOrNull("user") is { } user)
            {
                target.Add("user", user);
            }
        }

        return array;
    }
}
