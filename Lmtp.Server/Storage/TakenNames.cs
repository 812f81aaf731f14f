using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Says of many user names and addresses at once which somebody has already.</summary>
internal sealed class TakenNames(MailDatabase database)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>The users who have one of the names, by the name as it is compared (<see cref="MailAddressNormalizer.ToView"/>).</summary>
    public async Task<IReadOnlyDictionary<string, ObjectId>> UsersAsync(
        IEnumerable<string> usernames, CancellationToken cancellationToken)
    {
        var found = await database.Users
            .Find(Filter.In("unameview", usernames.Select(MailAddressNormalizer.ToView).Distinct(StringComparer.Ordinal)))
            .Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("unameview"))
            .ToListAsync(cancellationToken);
        return found.ToDictionary(document => document["unameview"].AsString, document => document["_id"].AsObjectId);
    }

    /// <summary>Those of the addresses that somebody has, as they are looked up.</summary>
    public async Task<IReadOnlySet<string>> AddressesAsync(IEnumerable<string> addresses, CancellationToken cancellationToken)
    {
        var found = await database.Addresses
            .Find(Filter.In("addrview", addresses.Select(MailAddressNormalizer.ForLookup).Distinct(StringComparer.Ordinal)))
            .Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("addrview"))
            .ToListAsync(cancellationToken);
        return found.Select(document => document["addrview"].AsString).ToHashSet(StringComparer.Ordinal);
    }
}
