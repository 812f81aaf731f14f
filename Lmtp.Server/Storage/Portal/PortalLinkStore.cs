using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Portal;

/// <summary>
/// The links with which somebody signs in to the portal once. Only the digest of a link's secret is kept; what has
/// ended, MongoDB deletes.
/// </summary>
internal sealed class PortalLinkStore(MailDatabase database, TimeProvider time)
{
    public const string CollectionName = "portallinks";

    private const int TokenBytes = 32;

    /// <summary>Long enough for whoever fails to choose a valid password, short enough to be of no use to a thief.</summary>
    private static readonly TimeSpan RestoreTime = TimeSpan.FromMinutes(5);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private IMongoCollection<BsonDocument> Links =>
        database.Own.GetCollection<BsonDocument>(CollectionName).WithWriteConcern(MailDatabase.Durable);

    /// <summary>Makes a link.</summary>
    public async Task<PortalLinkResponse> AddAsync(
        PortalRole role, string? account, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var expires = time.GetUtcNow() + lifetime;
        await Links.InsertOneAsync(
            new BsonDocument
            {
                { "_id", Digest(token) },
                { "role", role.ToString() },
                { "account", account is null ? BsonNull.Value : account },
                { "expires", expires.UtcDateTime },
                { "redeemed", BsonNull.Value },
            },
            cancellationToken: cancellationToken);
        return new PortalLinkResponse { Token = token, Role = role, Account = account, Expires = expires };
    }

    /// <summary>What the link is good for; null when it has ended, was used, or never was.</summary>
    public async Task<PortalLinkResponse?> FindAsync(string token, CancellationToken cancellationToken) =>
        Read(await Links.Find(Usable(token)).FirstOrDefaultAsync(cancellationToken));

    /// <summary>Uses the link up; null when it has ended, was used, or never was. Of two at once one gets it.</summary>
    public async Task<PortalLinkResponse?> RedeemAsync(string token, CancellationToken cancellationToken) =>
        Read(await Links.FindOneAndUpdateAsync(
            Usable(token),
            Builders<BsonDocument>.Update.Set("redeemed", time.GetUtcNow().UtcDateTime),
            cancellationToken: cancellationToken));

    /// <summary>Makes a link usable again whose use has just failed; false when that was too long ago.</summary>
    public async Task<bool> RestoreAsync(string token, CancellationToken cancellationToken)
    {
        var result = await Links.UpdateOneAsync(
            Filter.Eq("_id", Digest(token)) & Filter.Gt("redeemed", (time.GetUtcNow() - RestoreTime).UtcDateTime),
            Builders<BsonDocument>.Update.Set("redeemed", BsonNull.Value),
            cancellationToken: cancellationToken);
        return result.ModifiedCount > 0;
    }

    private FilterDefinition<BsonDocument> Usable(string token) =>
        Filter.Eq("_id", Digest(token)) & Filter.Eq("redeemed", BsonNull.Value) & Filter.Gt("expires", time.GetUtcNow().UtcDateTime);

    private static PortalLinkResponse? Read(BsonDocument? document) => document is null ? null : new PortalLinkResponse
    {
        Role = Enum.Parse<PortalRole>(document.StringOrEmpty("role")),
        Account = document.StringOrNull("account"),
        Expires = document.TimeOrDefault("expires"),
    };

    private static BsonBinaryData Digest(string token) => new(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
