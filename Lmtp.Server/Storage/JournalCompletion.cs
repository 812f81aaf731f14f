using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Announces stored messages whose journal entry a failure has kept from being written.</summary>
internal sealed class JournalCompletion(MailDatabase database, MailboxStore mailboxes, MailboxWriter writer, TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Writes the journal entry of a message, if it still is where it was stored; once is enough. It waits its turn among
    /// the writes of the mailbox.
    /// </summary>
    public Task RunAsync(ObjectId mailbox, ObjectId message, CancellationToken cancellationToken) =>
        writer.RunAsync(mailbox, () => WriteAsync(message, cancellationToken)).WaitAsync(cancellationToken);

    private async Task WriteAsync(ObjectId id, CancellationToken cancellationToken)
    {
        var message = await database.Messages
            .Find(Filter.Eq("_id", id))
            .Project<BsonDocument>(Builders<BsonDocument>.Projection
                .Include("uid").Include("modseq").Include("unseen").Include("idate")
                .Include("thread").Include("mailbox").Include("user"))
            .FirstOrDefaultAsync(cancellationToken);
        if (message is null || await database.Journal.Find(Filter.Eq("_id", id)).AnyAsync(cancellationToken))
        {
            return;
        }

        await RaiseModseqAsync(message, cancellationToken);
        try
        {
            await database.Journal.InsertOneAsync(
                JournalEntry.Exists(message, time.GetUtcNow().UtcDateTime), cancellationToken: cancellationToken);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // Another server was at it, too.
        }
    }

    // Sessions have read past a modseq that is not the newest any more, and would never see its entry.
    private async Task RaiseModseqAsync(BsonDocument message, CancellationToken cancellationToken)
    {
        var user = message["user"].AsObjectId;
        var mailbox = await mailboxes.GetAsync(user, message["mailbox"].AsObjectId, cancellationToken);
        if (mailbox is null || mailbox.HighestModseq <= message.Number("modseq")
            || await mailboxes.TakeModseqAsync(mailbox.Id, cancellationToken) is not { } modseq)
        {
            return;
        }

        await database.Messages.UpdateOneAsync(
            Filter.Eq("_id", message["_id"]) & Filter.Eq("mailbox", mailbox.Id),
            Builders<BsonDocument>.Update.Max("modseq", modseq),
            cancellationToken: cancellationToken);
        message["modseq"] = modseq;
    }
}
