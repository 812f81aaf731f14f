using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Users, made as WildDuck's API does.</summary>
public sealed class UserStore(MailDatabase database, AddressStore addresses, TimeProvider time)
{
    /// <summary>The task that removes everything of a deleted user.</summary>
    internal const string DeleteTask = "user-delete";

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Makes a user with mailboxes and main address. The user stays disabled until all of it is there, and nothing
    /// is left behind when a part fails.
    /// </summary>
    public async Task<CreateUserResult> CreateAsync(NewUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var address = user.Address is { Length: > 0 } ? MailAddressNormalizer.WithoutTag(user.Address) : null;
        if (address is not null && !AddressStore.IsStorable(address, allowWildcard: false))
        {
            return new CreateUserResult(CreateUserStatus.InvalidAddress);
        }

        if (address is not null && await IsTakenAsync(address, cancellationToken))
        {
            return new CreateUserResult(CreateUserStatus.AddressTaken);
        }

        var hash = user is { IsPasswordHashed: true, Password: { } given } ? given : await HashAsync(user.Password, cancellationToken);
        var now = time.GetUtcNow();
        var document = UserDocument.Create(user, now);
        try
        {
            await database.Users.InsertOneAsync(document, cancellationToken: cancellationToken);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return new CreateUserResult(CreateUserStatus.UsernameTaken);
        }

        var id = document["_id"].AsObjectId;
        try
        {
            await CompleteAsync(user, id, address, hash, now, cancellationToken);
        }
        catch (Exception exception)
        {
            await RemoveTracesAsync(id);
            if (exception is MongoWriteException { WriteError.Category: ServerErrorCategory.DuplicateKey })
            {
                return new CreateUserResult(CreateUserStatus.AddressTaken);
            }

            throw;
        }

        return new CreateUserResult(CreateUserStatus.Created, id);
    }

    /// <summary>Reads a user; null when there is none.</summary>
    public async Task<MailUser?> GetAsync(ObjectId id, CancellationToken cancellationToken) =>
        await database.Users.Find(Filter.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken) is { } document
            ? MailUser.From(document)
            : null;

    /// <summary>Reads several users, in no order; those who are not there are left out.</summary>
    public async Task<IReadOnlyList<MailUser>> GetManyAsync(IReadOnlyCollection<ObjectId> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Count == 0
            ? []
            : [.. (await database.Users.Find(Filter.In("_id", ids)).ToListAsync(cancellationToken)).Select(MailUser.From)];
    }

    /// <summary>Whether this is the user's password. False also for no such user and for one without password.</summary>
    public async Task<bool> VerifyPasswordAsync(ObjectId id, string password, CancellationToken cancellationToken)
    {
        var document = await database.Users
            .Find(Filter.Eq("_id", id))
            .Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("password"))
            .FirstOrDefaultAsync(cancellationToken);
        return document?.StringOrNull("password") is { Length: > 0 } hash
            && await Task.Run(() => PasswordHash.Verify(password, hash), cancellationToken);
    }

    /// <summary>Whether there is any user at all.</summary>
    public Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        database.Users.Find(FilterDefinition<BsonDocument>.Empty).AnyAsync(cancellationToken);

    /// <summary>
    /// Lists users by user name. <paramref name="startsWith"/> narrows it down to user names that begin so, dots and
    /// letter case left out of the comparison.
    /// </summary>
    public async Task<Page<MailUser>> ListAsync(
        string? startsWith, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var filter = FilterDefinition<BsonDocument>.Empty;
        if (!string.IsNullOrEmpty(startsWith))
        {
            var view = MailAddressNormalizer.ToView(startsWith);
            filter = Filter.Gte("unameview", view) & Filter.Lt("unameview", view + char.MaxValue);
        }

        if (PageCursor.Decode(cursor) is { } after)
        {
            filter &= Filter.Gt("unameview", after);
        }

        var documents = await database.Users.Find(filter)
            .Sort(Builders<BsonDocument>.Sort.Ascending("unameview"))
            .Limit(limit + 1)
            .ToListAsync(cancellationToken);
        var users = documents.Take(limit).Select(MailUser.From).ToList();
        return new Page<MailUser>(users, documents.Count > limit ? PageCursor.Encode(users[^1].View) : null);
    }

    /// <summary>Changes a user; returns it as it is then, null when there is none.</summary>
    public Task<MailUser?> UpdateAsync(ObjectId id, UserChanges changes, CancellationToken cancellationToken) =>
        UpdateAsync(id, changes, null, cancellationToken);

    /// <summary>
    /// Changes a user, unless an administrator changed it since <paramref name="expected"/> was read; returns it as it is
    /// then, null when there is none in that state.
    /// </summary>
    public async Task<MailUser?> UpdateAsync(
        ObjectId id, UserChanges changes, MailUser? expected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var updates = await ToUpdatesAsync(changes, cancellationToken);
        if (updates.Count == 0)
        {
            return await GetAsync(id, cancellationToken);
        }

        var document = await database.Users.FindOneAndUpdateAsync(
            expected is null ? Filter.Eq("_id", id) : Filter.Eq("_id", id) & UserRevision.Filter(expected),
            Builders<BsonDocument>.Update.Combine(updates),
            new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
            cancellationToken);
        return document is null ? null : MailUser.From(document);
    }

    /// <summary>Marks that a user was told about a full mailbox, or may be told again; false when it was marked so.</summary>
    internal async Task<bool> TrySetQuotaWarnedAsync(ObjectId id, bool isWarned, CancellationToken cancellationToken)
    {
        var result = await database.Users.UpdateOneAsync(
            Filter.Eq("_id", id)
                & (isWarned ? Filter.Ne("lmtp.quotaWarned", true) : Filter.Eq("lmtp.quotaWarned", true)),
            isWarned
                ? Builders<BsonDocument>.Update.Set("lmtp.quotaWarned", true).Inc("lmtp.quotaWarnings", 1)
                : Builders<BsonDocument>.Update.Unset("lmtp.quotaWarned"),
            cancellationToken: cancellationToken);
        return result.ModifiedCount > 0;
    }

    /// <summary>
    /// Marks that a user was told once more, who was below the level after so many warnings; false when somebody else has
    /// told it since.
    /// </summary>
    internal async Task<bool> TryWarnAgainAsync(ObjectId id, long warnings, CancellationToken cancellationToken)
    {
        var result = await database.Users.UpdateOneAsync(
            Filter.Eq("_id", id) & Filter.Eq("lmtp.quotaWarned", true)
                & (warnings == 0 ? Filter.Exists("lmtp.quotaWarnings", false) : Filter.Eq("lmtp.quotaWarnings", warnings)),
            Builders<BsonDocument>.Update.Inc("lmtp.quotaWarnings", 1),
            cancellationToken: cancellationToken);
        return result.ModifiedCount > 0;
    }

    private static async Task<List<UpdateDefinition<BsonDocument>>> ToUpdatesAsync(
        UserChanges changes, CancellationToken cancellationToken)
    {
        var update = Builders<BsonDocument>.Update;
        var updates = new List<UpdateDefinition<BsonDocument>>();
        if (changes.Password is { } password)
        {
            updates.Add(update.Set("password", await HashAsync(password, cancellationToken)));
            updates.Add(update.Inc("authVersion", 1));
        }

        if (changes.Name is { } name)
        {
            updates.Add(update.Set("name", name));
        }

        if (changes.Language is { } language)
        {
            updates.Add(update.Set("language", language.Length == 0 ? BsonNull.Value : (BsonValue)language));
        }

        if (changes.Tags is { } tags)
        {
            updates.Add(update.Set("tags", new BsonArray(tags)));
            updates.Add(update.Set("tagsview", new BsonArray(tags.Select(EcmaScriptText.ToLower))));
        }

        if (changes.Targets is { } targets)
        {
            updates.Add(update.Set("targets", ForwardTargetDocument.ToBson(targets)));
        }

        if (changes.IsDisabled is { } disabled)
        {
            updates.Add(update.Set("disabled", disabled));
        }

        AddNumber("quota", changes.Quota);
        AddNumber("retention", changes.Retention);
        AddNumber("spamLevel", changes.SpamLevel);
        AddNumber("receivedMax", changes.ReceivedMax);
        AddNumber("forwards", changes.Forwards);
        return updates;

        void AddNumber(string field, long? value)
        {
            if (value is { } number)
            {
                updates.Add(update.Set(field, BsonFields.ToJavaScriptNumber(number)));
            }
        }
    }

    private static Task<string> HashAsync(string? password, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(password)
            ? Task.FromResult(string.Empty)
            : Task.Run(() => PasswordHash.Create(password), cancellationToken);

    private Task<bool> IsTakenAsync(string address, CancellationToken cancellationToken) =>
        database.Addresses
            .Find(Filter.Eq("addrview", MailAddressNormalizer.ToView(address)))
            .AnyAsync(cancellationToken);

    private async Task CompleteAsync(
        NewUser user, ObjectId id, string? address, string hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await database.Mailboxes.InsertManyAsync(
            UserDocument.CreateMailboxes(user, id, now),
            new InsertManyOptions { IsOrdered = false },
            cancellationToken);
        if (address is not null)
        {
            await database.Addresses.InsertOneAsync(addresses.NewDocument(id, address), cancellationToken: cancellationToken);
            await addresses.RememberDomainAsync(address, cancellationToken);
        }

        await database.Users.UpdateOneAsync(
            Filter.Eq("_id", id) & Filter.Eq("activated", false),
            Builders<BsonDocument>.Update
                .Set("address", address ?? string.Empty)
                .Set("activated", true)
                .Set("disabled", false)
                .Set("password", hash),
            cancellationToken: cancellationToken);
    }

    // Runs whatever the caller's token says: half a user must not stay.
    private async Task RemoveTracesAsync(ObjectId id)
    {
        await database.Users.DeleteOneAsync(Filter.Eq("_id", id), CancellationToken.None);
        await database.Mailboxes.DeleteManyAsync(Filter.Eq("user", id), CancellationToken.None);
        await database.Addresses.DeleteManyAsync(Filter.Eq("user", id), CancellationToken.None);
    }
}
