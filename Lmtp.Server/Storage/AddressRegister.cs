using System.Security.Cryptography;
using System.Text;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>The list of known correspondents that webmail completes addresses from. Specification section 2.13.</summary>
internal sealed partial class AddressRegister(MailDatabase database, TimeProvider time, ILogger<AddressRegister> logger)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Notes the given addresses; noting them again changes only the time. A connection that breaks is tried once more;
    /// any other failure is logged and otherwise ignored.
    /// </summary>
    public async Task AddAsync(
        ObjectId user, IReadOnlyList<MessageAddress> addresses, CancellationToken cancellationToken)
    {
        try
        {
            await AddAllAsync(user, addresses, cancellationToken);
        }
        catch (MongoConnectionException)
        {
            await TryAgainAsync(user, addresses, cancellationToken);
        }
        catch (Exception exception) when (IsIgnored(exception))
        {
            LogFailed(user, exception);
        }
    }

    /// <summary>Whether an address is one that nobody answers to, such as noreply@.</summary>
    public static bool IsNoReply(string address) =>
        address.Contains("noreply", StringComparison.OrdinalIgnoreCase)
        || address.Contains("no-reply", StringComparison.OrdinalIgnoreCase);

    private static bool IsIgnored(Exception exception) =>
        exception is MongoException or TimeoutException or OperationCanceledException;

    private async Task TryAgainAsync(
        ObjectId user, IReadOnlyList<MessageAddress> addresses, CancellationToken cancellationToken)
    {
        try
        {
            await AddAllAsync(user, addresses, cancellationToken);
        }
        catch (Exception exception) when (IsIgnored(exception))
        {
            LogFailed(user, exception);
        }
    }

    private async Task AddAllAsync(
        ObjectId user, IReadOnlyList<MessageAddress> addresses, CancellationToken cancellationToken)
    {
        foreach (var entry in addresses)
        {
            await AddAsync(user, entry, cancellationToken);
        }
    }

    // No index keeps two that begin at once from making two entries, so the first of an address has an id of its own.
    private async Task AddAsync(ObjectId user, MessageAddress entry, CancellationToken cancellationToken)
    {
        var address = MailAddressNormalizer.Normalize(entry.Address);
        var view = MailAddressNormalizer.ToView(address);
        var update = Builders<BsonDocument>.Update
            .Set("updated", time.GetUtcNow().UtcDateTime)
            .SetOnInsert("address", address);
        if (entry.Name.Length > 0)
        {
            update = update.Set("name", entry.Name);
        }

        try
        {
            await UpsertAsync(user, view, update.SetOnInsert("_id", FirstId(user, view)), cancellationToken);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // Somebody else has just made it, or its user has switched it off.
            await UpsertAsync(user, view, update, cancellationToken);
        }
    }

    private Task<UpdateResult> UpsertAsync(
        ObjectId user, string view, UpdateDefinition<BsonDocument> update, CancellationToken cancellationToken) =>
        database.AddressRegister.UpdateOneAsync(
            Filter.Eq("user", user) & Filter.Eq("addrview", view) & Filter.Eq("disabled", false),
            update,
            new UpdateOptions { IsUpsert = true },
            cancellationToken);

    private static ObjectId FirstId(ObjectId user, string view)
    {
        const int IdLength = 12;
        return new ObjectId(SHA256.HashData([.. user.ToByteArray(), .. Encoding.UTF8.GetBytes(view)])[..IdLength]);
    }

    [LoggerMessage(1, LogLevel.Warning, "Could not note the correspondents of user {User}")]
    private partial void LogFailed(ObjectId user, Exception exception);
}
