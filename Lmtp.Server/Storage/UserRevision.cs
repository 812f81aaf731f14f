using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>The state of a user as administrators change it; what deliveries and logins change is left out.</summary>
internal static class UserRevision
{
    private static readonly string[] Fields =
    [
        "username", "name", "address", "language", "authVersion", "quota", "retention", "spamLevel", "receivedMax", "forwards",
        "recipients", "autoreply", "disabled", "targets", "tags",
    ];

    /// <summary>A text that differs wherever two states do.</summary>
    public static string Of(MailUser user) =>
        new BsonDocument(Fields.Select(field => new BsonElement(field, user.Document.GetValue(field, BsonNull.Value)))).ToJson();

    /// <summary>Finds the user in that state only.</summary>
    public static FilterDefinition<BsonDocument> Filter(MailUser user) => Builders<BsonDocument>.Filter.And(
        Fields.Select(field => Builders<BsonDocument>.Filter.Eq(field, user.Document.GetValue(field, BsonNull.Value))));
}
