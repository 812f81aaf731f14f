using System.Text.RegularExpressions;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// Finds users by any part of their addresses. There is no index for that; what is walked are the keys of the one on
/// addresses, in its order.
/// </summary>
public sealed class UserSearch(MailDatabase database)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Lists the users with an address that contains a text, by the first of these addresses. A page may have fewer users
    /// than asked for, also when it is not the last.
    /// </summary>
    /// <param name="part">The text; dots of the local part and letter case are left out of the comparison.</param>
    /// <param name="cursor">Where to go on, from the page before; null for the beginning.</param>
    /// <param name="limit">How many addresses to look at, 1 or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Page<MailUser>> FindAsync(string part, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var patterns = PatternsOf(part);
        var after = PageCursor.Decode(cursor);
        var addresses = new List<BsonDocument>();
        foreach (var pattern in patterns)
        {
            addresses.AddRange(await FindAsync(pattern, after, limit + 1, cancellationToken));
        }

        addresses = [.. addresses
            .DistinctBy(address => address["_id"])
            .OrderBy(address => address.StringOrEmpty("addrview"), StringComparer.Ordinal)];
        var page = addresses.Take(limit).ToList();
        var owners = page
            .Select(address => address.GetValue("user", BsonNull.Value))
            .OfType<BsonObjectId>()
            .Select(owner => owner.Value)
            .Distinct()
            .ToList();
        if (after is not null && owners.Count > 0)
        {
            var listed = await FindListedAsync(owners, patterns, after, cancellationToken);
            owners.RemoveAll(listed.Contains);
        }

        return new Page<MailUser>(
            await ReadAsync(owners, cancellationToken),
            addresses.Count > limit ? PageCursor.Encode(page[^1].StringOrEmpty("addrview")) : null);
    }

    // A key has no dots in its local part, but those of its domain. Plain texts, one by one, are found by the database
    // without reading the documents that do not have them.
    private static IReadOnlyList<FilterDefinition<BsonDocument>> PatternsOf(string part)
    {
        var view = MailAddressNormalizer.ToView(part);
        var plain = EcmaScriptText.ToLower(part);
        return view == plain || part.Contains('@', StringComparison.Ordinal) ? [Containing(view)] : [Containing(view), Containing(plain)];

        static FilterDefinition<BsonDocument> Containing(string text) =>
            Filter.Regex("addrview", new BsonRegularExpression(Regex.Escape(text)));
    }

    private async Task<List<BsonDocument>> FindAsync(
        FilterDefinition<BsonDocument> pattern, string? after, int limit, CancellationToken cancellationToken) =>
        await database.Addresses
            .Find(after is null ? pattern : pattern & Filter.Gt("addrview", after))
            .Sort(Builders<BsonDocument>.Sort.Ascending("addrview"))
            .Limit(limit)
            .Project(Builders<BsonDocument>.Projection.Include("addrview").Include("user"))
            .ToListAsync(cancellationToken);

    // Those that an earlier page has because of another address.
    private async Task<HashSet<ObjectId>> FindListedAsync(
        List<ObjectId> owners,
        IReadOnlyList<FilterDefinition<BsonDocument>> patterns,
        string until,
        CancellationToken cancellationToken)
    {
        var addresses = await database.Addresses
            .Find(Filter.In("user", owners) & Filter.Or(patterns) & Filter.Lte("addrview", until))
            .Project(Builders<BsonDocument>.Projection.Include("user"))
            .ToListAsync(cancellationToken);
        return [.. addresses.Select(address => address["user"].AsObjectId)];
    }

    private async Task<IReadOnlyList<MailUser>> ReadAsync(List<ObjectId> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var documents = await database.Users.Find(Filter.In("_id", ids)).ToListAsync(cancellationToken);
        var users = documents.Select(MailUser.From).ToDictionary(user => user.Id);
        return [.. ids.Where(users.ContainsKey).Select(id => users[id])];
    }
}
