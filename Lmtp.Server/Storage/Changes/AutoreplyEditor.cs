using System.Globalization;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>The automatic replies of users, one each. Specification section 2.11.</summary>
internal sealed class AutoreplyEditor(MailDatabase database, TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    /// <summary>Reads the reply; null when the user has none.</summary>
    public async Task<AutoreplyText?> GetAsync(ObjectId user, CancellationToken cancellationToken) =>
        await database.Autoreplies.Find(Filter.Eq("user", user)).FirstOrDefaultAsync(cancellationToken) is { } document
            ? AutoreplyText.From(document)
            : null;

    /// <summary>
    /// Replaces the reply, if it still is the <paramref name="expected"/> one; false when it is another one by now.
    /// </summary>
    public async Task<bool> SetAsync(ObjectId user, AutoreplyText reply, AutoreplyText? expected, CancellationToken cancellationToken)
    {
        var place = Filter.Eq("user", user);
        if (expected is not null)
        {
            var fields = expected.ToBson();
            place = Filter.And(fields.Elements.Select(element => Filter.Eq(element.Name, element.Value)).Prepend(place));
        }

        var created = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var updates = reply.ToBson().Elements.Select(element => Update.Set(element.Name, element.Value));
        var result = await database.Autoreplies.WithWriteConcern(MailDatabase.Durable).UpdateOneAsync(
            place,
            Update.Combine(updates.Append(Update.SetOnInsert("created", created))),
            new UpdateOptions { IsUpsert = expected is null },
            cancellationToken);
        if (result.MatchedCount == 0 && result.UpsertedId is null)
        {
            return false;
        }

        await MirrorAsync(user, reply.IsEnabled);
        return true;
    }

    /// <summary>Removes the reply; false when there is none.</summary>
    public async Task<bool> RemoveAsync(ObjectId user, CancellationToken cancellationToken)
    {
        var result = await database.Autoreplies.WithWriteConcern(MailDatabase.Durable)
            .DeleteManyAsync(Filter.Eq("user", user), cancellationToken);
        await MirrorAsync(user, false);
        return result.DeletedCount > 0;
    }

    /// <summary>Delivery looks for a reply only where the user's document says that there is one.</summary>
    private async Task MirrorAsync(ObjectId user, bool isEnabled) =>
        await database.Users.UpdateOneAsync(Filter.Eq("_id", user), Update.Set("autoreply", isEnabled), cancellationToken: CancellationToken.None);
}
