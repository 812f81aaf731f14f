using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>The list of known correspondents that webmail completes addresses from. Specification section 2.13.</summary>
internal sealed partial class AddressRegister(MailDatabase database, TimeProvider time, ILogger<AddressRegister> logger)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>Notes the given addresses. A failure is logged and otherwise ignored.</summary>
    public async Task AddAsync(
        ObjectId user, IEnumerable<MessageAddress> addresses, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var entry in addresses)
            {
                await AddAsync(user, entry, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException or OperationCanceledException)
        {
            LogFailed(user, exception);
        }
    }

    /// <summary>Whether an address is one that nobody answers to, such as noreply@.</summary>
    public static bool IsNoReply(string address) =>
        address.Contains("noreply", StringComparison.OrdinalIgnoreCase)
        || address.Contains("no-reply", StringComparison.OrdinalIgnoreCase);

    private async Task AddAsync(ObjectId user, MessageAddress entry, CancellationToken cancellationToken)
    {
        var address = MailAddressNormalizer.Normalize(entry.Address);
        var update = Builders<BsonDocument>.Update
            .Set("updated", time.GetUtcNow().UtcDateTime)
            .SetOnInsert("address", address);
        if (entry.Name.Length > 0)
        {
            update = update.Set("name", entry.Name);
        }

        await database.AddressRegister.UpdateOneAsync(
            Filter.Eq("user", user)
                & Filter.Eq("addrview", MailAddressNormalizer.ToView(address))
                & Filter.Eq("disabled", false),
            update,
            new UpdateOptions { IsUpsert = true },
            cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "Could not note the correspondents of user {User}")]
    private partial void LogFailed(ObjectId user, Exception exception);
}
