using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>Reads the autoreplies of users and of forwarding addresses. Specification sections 2.2 and 2.11.</summary>
internal sealed class AutoreplyStore(MailDatabase database)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>That of a user; null when there is none.</summary>
    public async Task<Autoreply?> FindAsync(ObjectId user, CancellationToken cancellationToken) =>
        await database.Autoreplies.Find(Filter.Eq("user", user)).FirstOrDefaultAsync(cancellationToken) is { } document
            ? Autoreply.From(document, document["_id"].AsObjectId)
            : null;

    /// <summary>That of a forwarding address; null when there is none.</summary>
    public async Task<Autoreply?> FindOfAddressAsync(ObjectId address, CancellationToken cancellationToken)
    {
        var document = await database.Addresses.Find(Filter.Eq("_id", address)).FirstOrDefaultAsync(cancellationToken);
        return document?.DocumentOrNull("autoreply") is { } autoreply ? Autoreply.From(autoreply, address) : null;
    }
}
