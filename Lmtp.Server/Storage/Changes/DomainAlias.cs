using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>A domain whose addresses stand for those of another one. Specification section 2.3.</summary>
internal sealed record DomainAlias(ObjectId Id, string Alias, string Domain, DateTimeOffset Created)
{
    public static DomainAlias From(BsonDocument document) => new(
        document["_id"].AsObjectId, document.StringOrEmpty("alias"), document.StringOrEmpty("domain"), document.TimeOrDefault("created"));
}
