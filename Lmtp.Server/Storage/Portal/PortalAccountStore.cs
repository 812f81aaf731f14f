using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Portal;

/// <summary>The people who may sign in to the portal, in the database of our own.</summary>
internal sealed class PortalAccountStore(MailDatabase database, TimeProvider time)
{
    public const string CollectionName = "portalaccounts";

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private IMongoCollection<BsonDocument> Accounts =>
        database.Own.GetCollection<BsonDocument>(CollectionName).WithWriteConcern(MailDatabase.Durable);

    /// <summary>All accounts by name; there are as many as there are operators.</summary>
    public async Task<IReadOnlyList<PortalAccount>> ListAsync(CancellationToken cancellationToken)
    {
        var documents = await Accounts.Find(Filter.Empty)
            .Sort(Builders<BsonDocument>.Sort.Ascending("normalizedName"))
            .ToListAsync(cancellationToken);
        return documents.ConvertAll(Read);
    }

    /// <summary>The account with the id, or null.</summary>
    public Task<PortalAccount?> GetAsync(ObjectId id, CancellationToken cancellationToken) =>
        FindAsync(Filter.Eq("_id", id), cancellationToken);

    /// <summary>The account with the name as it is compared, or null.</summary>
    public Task<PortalAccount?> GetByNameAsync(string normalizedName, CancellationToken cancellationToken) =>
        FindAsync(Filter.Eq("normalizedName", normalizedName), cancellationToken);

    /// <summary>Whether somebody may do everything.</summary>
    public Task<bool> HasAdministratorAsync(CancellationToken cancellationToken) =>
        Accounts.Find(Filter.Eq("role", nameof(PortalRole.Admin)) & Filter.Ne("passwordHash", BsonNull.Value)).AnyAsync(cancellationToken);

    /// <summary>Adds an account; null when the name is taken.</summary>
    public async Task<PortalAccount?> AddAsync(PortalAccount account, CancellationToken cancellationToken)
    {
        // BSON keeps milliseconds; what is answered has to equal what is read later.
        var created = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var added = account with { Id = ObjectId.GenerateNewId().ToString(), Created = created, Version = 1 };
        try
        {
            await Accounts.InsertOneAsync(Write(added), cancellationToken: cancellationToken);
            return added;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return null;
        }
    }

    /// <summary>Replaces the account of the version that the change was made from; null when there is none such any more.</summary>
    /// <exception cref="MongoWriteException">The new name is taken.</exception>
    public async Task<PortalAccount?> ReplaceAsync(PortalAccount account, CancellationToken cancellationToken)
    {
        var changed = account with { Version = account.Version + 1 };
        var result = await Accounts.ReplaceOneAsync(
            Filter.Eq("_id", ObjectId.Parse(account.Id)) & Filter.Eq("version", account.Version),
            Write(changed),
            cancellationToken: cancellationToken);
        return result.MatchedCount > 0 ? changed : null;
    }

    /// <summary>Deletes an account; false when there is none.</summary>
    public async Task<bool> DeleteAsync(ObjectId id, CancellationToken cancellationToken) =>
        (await Accounts.DeleteOneAsync(Filter.Eq("_id", id), cancellationToken)).DeletedCount > 0;

    private async Task<PortalAccount?> FindAsync(FilterDefinition<BsonDocument> filter, CancellationToken cancellationToken) =>
        await Accounts.Find(filter).FirstOrDefaultAsync(cancellationToken) is { } document ? Read(document) : null;

    private static BsonDocument Write(PortalAccount account) => new()
    {
        { "_id", ObjectId.Parse(account.Id) },
        { "name", account.Name },
        { "normalizedName", account.NormalizedName },
        { "role", account.Role.ToString() },
        { "passwordHash", Text(account.PasswordHash) },
        { "securityStamp", Text(account.SecurityStamp) },
        { "authenticatorKey", Text(account.AuthenticatorKey) },
        { "recoveryCodes", Text(account.RecoveryCodes) },
        { "twoFactorEnabled", account.TwoFactorEnabled },
        { "accessFailedCount", account.AccessFailedCount },
        { "lockoutEnd", Time(account.LockoutEnd) },
        { "lastSignIn", Time(account.LastSignIn) },
        { "created", Time(account.Created) },
        { "version", account.Version },
    };

    private static PortalAccount Read(BsonDocument document) => new()
    {
        Id = document["_id"].AsObjectId.ToString(),
        Name = document.StringOrEmpty("name"),
        NormalizedName = document.StringOrEmpty("normalizedName"),
        Role = Enum.Parse<PortalRole>(document.StringOrEmpty("role")),
        PasswordHash = document.StringOrNull("passwordHash"),
        SecurityStamp = document.StringOrNull("securityStamp"),
        AuthenticatorKey = document.StringOrNull("authenticatorKey"),
        RecoveryCodes = document.StringOrNull("recoveryCodes"),
        TwoFactorEnabled = document.IsTrue("twoFactorEnabled"),
        AccessFailedCount = (int)document.Number("accessFailedCount"),
        LockoutEnd = document.TimeOrNull("lockoutEnd"),
        LastSignIn = document.TimeOrNull("lastSignIn"),
        Created = document.TimeOrDefault("created"),
        Version = document.Number("version"),
    };

    private static BsonValue Text(string? text) => text is null ? BsonNull.Value : new BsonString(text);

    private static BsonValue Time(DateTimeOffset? time) => time is { } value ? new BsonDateTime(value.UtcDateTime) : BsonNull.Value;
}
