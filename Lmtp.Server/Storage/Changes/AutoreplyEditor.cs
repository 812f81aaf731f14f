using System.Globalization;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>The automatic replies of users, one each. Specification section 2.11.</summary>
internal sealed class AutoreplyEditor(MailDatabase database, TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    private IMongoCollection<BsonDocument> Replies => database.Autoreplies.WithWriteConcern(MailDatabase.Durable);

    /// <summary>Reads the reply; null when the user has none.</summary>
    public async Task<AutoreplyText?> GetAsync(ObjectId user, CancellationToken cancellationToken) =>
        await database.Autoreplies.Find(Filter.Eq("user", user)).FirstOrDefaultAsync(cancellationToken) is { } document
            ? AutoreplyText.From(document)
            : null;

    /// <summary>
    /// Replaces the reply, if it still is the <paramref name="expected"/> one, or makes the first one; false when it is
    /// another one by now.
    /// </summary>
    public async Task<bool> SetAsync(ObjectId user, AutoreplyText reply, AutoreplyText? expected, CancellationToken cancellationToken)
    {
        if (reply.IsEnabled)
        {
            // What breaks off between here and the reply lets delivery look for one in vain, which does no harm.
            await SetMirrorAsync(user, true);
        }

        var isSet = expected is null
            ? await TryAddAsync(user, reply, cancellationToken)
            : await TryReplaceAsync(user, reply, expected, cancellationToken);
        await MirrorAsync(user);
        return isSet;
    }

    /// <summary>
    /// Removes the reply; false when there is none, or where it is not the <paramref name="expected"/> one any more. Null: any.
    /// </summary>
    public async Task<bool> RemoveAsync(ObjectId user, AutoreplyText? expected, CancellationToken cancellationToken)
    {
        var result = await Replies.DeleteManyAsync(Place(user, expected), cancellationToken);
        await MirrorAsync(user);
        return result.DeletedCount > 0;
    }

    private static FilterDefinition<BsonDocument> Place(ObjectId user, AutoreplyText? expected) => expected is null
        ? Filter.Eq("user", user)
        : Filter.Eq("user", user) & AutoreplyText.Revision.Filter(expected.Document);

    // WildDuck's index does not keep a user from having two. Of several who make the first one at the same time, the
    // identifier lets one succeed.
    private async Task<bool> TryAddAsync(ObjectId user, AutoreplyText reply, CancellationToken cancellationToken)
    {
        var document = reply.ToBson();
        document.Add("_id", user);
        document.Add("created", time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        try
        {
            var result = await Replies.UpdateOneAsync(
                Filter.Eq("user", user),
                Update.Combine(document.Elements.Select(element => Update.SetOnInsert(element.Name, element.Value))),
                new UpdateOptions { IsUpsert = true },
                cancellationToken);
            return result.UpsertedId is not null;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    private async Task<bool> TryReplaceAsync(
        ObjectId user, AutoreplyText reply, AutoreplyText expected, CancellationToken cancellationToken)
    {
        var updates = reply.ToBson().Elements.Select(element => Update.Set(element.Name, element.Value));
        var result = await Replies.UpdateOneAsync(
            Place(user, expected), Update.Combine(updates), cancellationToken: cancellationToken);
        return result.MatchedCount > 0;
    }

    // Delivery looks for a reply only where the user's document says that there is one. Whoever says that there is none
    // looks again: another change may have said the contrary before.
    private async Task MirrorAsync(ObjectId user)
    {
        var isEnabled = await IsEnabledAsync(user);
        await SetMirrorAsync(user, isEnabled);
        if (!isEnabled && await IsEnabledAsync(user))
        {
            await SetMirrorAsync(user, true);
        }
    }

    private Task<bool> IsEnabledAsync(ObjectId user) =>
        database.Autoreplies.Find(Filter.Eq("user", user) & Filter.Eq("status", true)).AnyAsync();

    private async Task SetMirrorAsync(ObjectId user, bool isEnabled) =>
        await database.Users.UpdateOneAsync(Filter.Eq("_id", user), Update.Set("autoreply", isEnabled));
}
