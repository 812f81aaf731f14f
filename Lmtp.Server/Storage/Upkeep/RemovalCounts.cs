using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Upkeep;

/// <summary>
/// Counts messages out of their users' storage and their attachments' references. The token of the removal keeps a
/// repetition from counting twice.
/// </summary>
internal sealed class RemovalCounts(MailDatabase database, TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    /// <summary>Counts a message out of its user's storage, once.</summary>
    public Task SubtractSizeAsync(RemovableMessage message, CancellationToken cancellationToken) =>
        database.Users.UpdateOneAsync(
            Filter.Eq("_id", message.User) & Filter.Ne(PendingTokens.Field, message.Token),
            Update.Inc("storageUsed", BsonFields.ToJavaScriptNumber(-message.Size)).Push(PendingTokens.Field, message.Token),
            cancellationToken: cancellationToken);

    /// <summary>Counts messages of one user out of the storage, each once.</summary>
    public async Task SubtractSizesAsync(IReadOnlyList<RemovableMessage> messages, CancellationToken cancellationToken)
    {
        var tokens = messages.Select(message => message.Token).ToList();
        var result = await database.Users.UpdateOneAsync(
            Filter.Eq("_id", messages[0].User) & Filter.Nin(PendingTokens.Field, tokens),
            Update
                .Inc("storageUsed", BsonFields.ToJavaScriptNumber(-messages.Sum(message => message.Size)))
                .PushEach(PendingTokens.Field, tokens),
            cancellationToken: cancellationToken);
        if (result.MatchedCount > 0)
        {
            return;
        }

        // Another server has completed some of these removals, because this one was held up; or the user is gone.
        foreach (var message in messages)
        {
            await SubtractSizeAsync(message, cancellationToken);
        }
    }

    /// <summary>Whether a message was counted out and its token is still there.</summary>
    public Task<bool> IsSizeSubtractedAsync(RemovableMessage message, CancellationToken cancellationToken) =>
        database.Users
            .Find(Filter.Eq("_id", message.User) & Filter.Eq(PendingTokens.Field, message.Token))
            .AnyAsync(cancellationToken);

    /// <summary>Counts a message in again that somebody else was faster to move or to remove.</summary>
    public Task RestoreSizeAsync(RemovableMessage message, CancellationToken cancellationToken) =>
        database.Users.UpdateOneAsync(
            Filter.Eq("_id", message.User) & Filter.Eq(PendingTokens.Field, message.Token),
            Update.Inc("storageUsed", BsonFields.ToJavaScriptNumber(message.Size)).Pull(PendingTokens.Field, message.Token),
            cancellationToken: cancellationToken);

    /// <summary>Gives the references of a message back, once.</summary>
    public async Task ReleaseAttachmentsAsync(RemovableMessage message, CancellationToken cancellationToken)
    {
        foreach (var use in message.Attachments)
        {
            await database.AttachmentFiles.UpdateOneAsync(
                Filter.Eq("_id", use.File) & Filter.Ne(PendingTokens.Field, message.Token),
                Change(-use.Count, message.Magic).Push(PendingTokens.Field, message.Token),
                cancellationToken: cancellationToken);
        }
    }

    /// <summary>Takes the references of a message again that somebody else was faster to move or to remove.</summary>
    public async Task RestoreAttachmentsAsync(RemovableMessage message, CancellationToken cancellationToken)
    {
        foreach (var use in message.Attachments)
        {
            await database.AttachmentFiles.UpdateOneAsync(
                Filter.Eq("_id", use.File) & Filter.Eq(PendingTokens.Field, message.Token),
                Change(use.Count, message.Magic).Pull(PendingTokens.Field, message.Token),
                cancellationToken: cancellationToken);
        }
    }

    /// <summary>Removes the tokens of messages that are gone.</summary>
    public async Task ForgetAsync(IReadOnlyCollection<RemovableMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var user in messages.GroupBy(message => message.User))
        {
            await database.Users.UpdateOneAsync(
                Filter.Eq("_id", user.Key),
                Update.PullAll(PendingTokens.Field, user.Select(message => message.Token)),
                cancellationToken: cancellationToken);
        }

        var files = messages.SelectMany(message => message.Attachments, (_, use) => use.File).Distinct().ToList();
        if (files.Count > 0)
        {
            await database.AttachmentFiles.UpdateManyAsync(
                Filter.In("_id", files),
                Update.PullAll(PendingTokens.Field, messages.Select(message => message.Token)),
                cancellationToken: cancellationToken);
        }
    }

    private UpdateDefinition<BsonDocument> Change(int count, int magic) => Update
        .Inc("metadata.c", count)
        .Inc("metadata.m", AttachmentReference.MagicOf(count, magic))
        .Set("metadata.cu", time.GetUtcNow().UtcDateTime);
}
