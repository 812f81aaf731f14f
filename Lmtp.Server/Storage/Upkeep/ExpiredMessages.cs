using Lmtp.Server.Storage.Changes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Upkeep;

/// <summary>
/// Removes messages whose time in their mailbox is over (Trash and Junk, by default): into the archive, or for good
/// where they belong to a deleted user. Specification sections 2.6, 2.16 and 10.
/// </summary>
internal sealed class ExpiredMessages(
    MailDatabase database,
    UpkeepIntents intents,
    RemovalCounts counts,
    MailboxExpunger expunger,
    MessageArchive archive,
    TimeProvider time) : IUpkeepTask
{
    private const int BatchSize = 100;
    private const int MaxReferencesInBatch = 10_000;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private static readonly ProjectionDefinition<BsonDocument> Projection = Builders<BsonDocument>.Projection.Combine(
        RemovableMessage.Fields.Select(field => Builders<BsonDocument>.Projection.Include(field)));

    public string Name => "expired-messages";

    public async Task<int> RunBatchAsync(CancellationToken cancellationToken)
    {
        var unfinished = await intents.ReadAsync(Name, cancellationToken);
        if (unfinished.Count > 0)
        {
            await RemoveAsync([.. unfinished.OfType<BsonDocument>().Select(RemovableMessage.FromIntent)], cancellationToken);
            return unfinished.Count;
        }

        var batch = await FindAsync(cancellationToken);
        if (batch.Count > 0)
        {
            await intents.WriteAsync(Name, batch.Select(message => message.ToBson()), cancellationToken);
            await RemoveAsync(batch, cancellationToken);
        }

        return batch.Count;
    }

    private async Task<List<RemovableMessage>> FindAsync(CancellationToken cancellationToken)
    {
        var documents = await database.Messages
            .Find(Filter.Eq("exp", true) & Filter.Lte("rdate", time.GetUtcNow().ToUnixTimeMilliseconds()))
            .Limit(BatchSize)
            .Project<BsonDocument>(Projection)
            .ToListAsync(cancellationToken);
        var references = 0;
        return
        [
            .. documents.Select(RemovableMessage.From)
                .TakeWhile((message, index) => index == 0 | (references += message.Attachments.Count) <= MaxReferencesInBatch),
        ];
    }

    private async Task RemoveAsync(List<RemovableMessage> batch, CancellationToken cancellationToken)
    {
        var removed = new List<RemovableMessage>();
        foreach (var message in batch)
        {
            if (await TryRemoveAsync(message, cancellationToken))
            {
                removed.Add(message);
            }
        }

        foreach (var mailbox in removed.GroupBy(message => message.Mailbox))
        {
            await expunger.AnnounceAsync(mailbox.Key, [.. mailbox], cancellationToken);
        }

        await counts.ForgetAsync(batch, cancellationToken);
        await intents.ClearAsync(Name, cancellationToken);
    }

    private async Task<bool> TryRemoveAsync(RemovableMessage message, CancellationToken cancellationToken)
    {
        var place = Filter.Eq("_id", message.Id) & Filter.Eq("mailbox", message.Mailbox) & Filter.Eq("uid", message.Uid);
        if (await database.Messages.Find(place).FirstOrDefaultAsync(cancellationToken) is not { } document)
        {
            return await IsOursAsync(message, cancellationToken);
        }

        if (message.IsArchived)
        {
            await archive.AddAsync(document, cancellationToken);
        }

        await counts.SubtractSizeAsync(message, cancellationToken);
        if (!message.IsArchived)
        {
            await counts.ReleaseAttachmentsAsync(message, cancellationToken);
        }

        var result = await database.Messages.DeleteOneAsync(place, cancellationToken);
        if (result.DeletedCount > 0)
        {
            return true;
        }

        await KeepAsync(message, cancellationToken);
        return false;
    }

    // A message that is not there any more: removed before a crash, or by its owner in the meantime.
    private async Task<bool> IsOursAsync(RemovableMessage message, CancellationToken cancellationToken)
    {
        if (!await counts.IsSizeSubtractedAsync(message, cancellationToken))
        {
            return false;
        }

        if (!await expunger.IsAnnouncedByOthersAsync(message, cancellationToken))
        {
            return true;
        }

        await KeepAsync(message, cancellationToken);
        return false;
    }

    // Its owner moved or removed it in this very moment, and counted as is due.
    private async Task KeepAsync(RemovableMessage message, CancellationToken cancellationToken)
    {
        await counts.RestoreSizeAsync(message, cancellationToken);
        if (message.IsArchived)
        {
            await archive.WithdrawAsync(message, cancellationToken);
        }
        else
        {
            await counts.RestoreAttachmentsAsync(message, cancellationToken);
        }
    }
}
