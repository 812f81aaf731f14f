using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>The state of a user as administrators change it; what deliveries and logins change is left out.</summary>
internal static class UserRevision
{
    private static readonly Revision Revision = new(
        "username", "name", "address", "language", "authVersion", "quota", "retention", "spamLevel", "receivedMax", "forwards",
        "recipients", "autoreply", "disabled", "targets", "tags");

    /// <summary>A text that differs wherever two states do.</summary>
    public static string Of(MailUser user) => Revision.Of(user.Document);

    /// <summary>Finds the user in that state only.</summary>
    public static FilterDefinition<BsonDocument> Filter(MailUser user) => Revision.Filter(user.Document);
}
