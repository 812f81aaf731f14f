using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Deletes messages as WildDuck does: into the archive, drafts for good, with storage, attachments' references, journal
/// and counts put right. A repetition after a failure counts nothing twice. Specification sections 2.7, 2.16 and 10.
/// </summary>
internal sealed class MessageRemover(
    MailDatabase database, MailboxWriter writer, MessageArchive archive, RemovalCounts counts, MailboxExpunger expunger)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Deletes a message; returns what it was, null when the user has no such message, or where it has another
    /// <paramref name="modseq"/> than the one that is given.
    /// </summary>
    public async Task<MessageSummary?> RemoveAsync(
        ObjectId user, ObjectId message, long? modseq, CancellationToken cancellationToken)
    {
        var found = await FindAsync(user, message, cancellationToken);
        if (found is null)
        {
            return null;
        }

        // In turn with other changes of the mailbox: of two deletions the second finds nothing any more. What has begun is
        // brought to its end, whoever goes away meanwhile.
        RemovableMessage? removed = null;
        await writer.RunAsync(found["mailbox"].AsObjectId, async () =>
        {
            found = await FindAsync(user, message, CancellationToken.None);
            var isExpected = found is not null && (modseq is null || found.Number("modseq") == modseq);
            removed = isExpected ? await TryRemoveAsync(found!) : null;
        });
        if (removed is null || found is null)
        {
            return null;
        }

        await expunger.AnnounceAsync(removed.Mailbox, [removed], CancellationToken.None);
        await counts.ForgetAsync([removed], CancellationToken.None);
        return MessageReader.ToSummary(found);
    }

    private Task<BsonDocument?> FindAsync(ObjectId user, ObjectId message, CancellationToken cancellationToken) =>
        database.Messages
            .Find(Filter.Eq("_id", message) & Filter.Eq("user", user))
            .FirstOrDefaultAsync(cancellationToken)!;

    private async Task<RemovableMessage?> TryRemoveAsync(BsonDocument document)
    {
        var message = RemovableMessage.From(document) with { IsArchived = !document.IsTrue("draft") };
        var place = Filter.Eq("_id", message.Id) & Filter.Eq("mailbox", message.Mailbox) & Filter.Eq("uid", message.Uid);
        var isOurs = message.IsArchived && await archive.AddAsync(document, CancellationToken.None);
        await counts.SubtractSizeAsync(message, CancellationToken.None);
        if (!message.IsArchived)
        {
            await counts.ReleaseAttachmentsAsync(message, CancellationToken.None);
        }

        var result = await database.Messages.DeleteOneAsync(place, CancellationToken.None);
        if (result.DeletedCount > 0)
        {
            return message;
        }

        await KeepAsync(message, isOurs);
        return null;
    }

    /// <summary>Somebody else moved or removed it in this very moment, and counted as is due.</summary>
    private async Task KeepAsync(RemovableMessage message, bool isOurs)
    {
        await counts.RestoreSizeAsync(message, CancellationToken.None);
        if (isOurs)
        {
            await archive.RemoveAsync(message.Id, CancellationToken.None);
        }

        if (!message.IsArchived)
        {
            await counts.RestoreAttachmentsAsync(message, CancellationToken.None);
        }
    }
}
