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

    // Of several servers at this one writes the entry, with the modseq that the message has then.
    private async Task WriteAsync(ObjectId id, CancellationToken cancellationToken)
    {
        while (await FindAsync(id, cancellationToken) is { } message
            && !await database.Journal.Find(Filter.Eq("_id", id)).AnyAsync(cancellationToken))
        {
            if (await TryRaiseModseqAsync(message, cancellationToken))
            {
                await database.Journal.InsertOnceAsync([JournalEntry.Exists(message, time.GetUtcNow().UtcDateTime)]);
                return;
            }
        }
    }

    private Task<BsonDocument?> FindAsync(ObjectId id, CancellationToken cancellationToken) => database.Messages
        .Find(Filter.Eq("_id", id))
        .Project<BsonDocument>(Builders<BsonDocument>.Projection
            .Include("uid").Include("modseq").Include("unseen").Include("idate")
            .Include("thread").Include("mailbox").Include("user"))
        .FirstOrDefaultAsync(cancellationToken)!;

    // Sessions have read past a modseq that is not the newest any more, and would never see its entry. False where somebody
    // else has given the message another one meanwhile.
    private async Task<bool> TryRaiseModseqAsync(BsonDocument message, CancellationToken cancellationToken)
    {
        var user = message["user"].AsObjectId;
        var mailbox = await mailboxes.GetAsync(user, message["mailbox"].AsObjectId, cancellationToken);
        if (mailbox is null || mailbox.HighestModseq <= message.Number("modseq")
            || await mailboxes.TakeModseqAsync(mailbox.Id, cancellationToken) is not { } modseq)
        {
            return true;
        }

        var raised = await database.Messages.UpdateOneAsync(
            Filter.Eq("_id", message["_id"]) & Filter.Eq("mailbox", mailbox.Id) & Filter.Eq("modseq", message["modseq"]),
            Builders<BsonDocument>.Update.Set("modseq", modseq),
            cancellationToken: cancellationToken);
        message["modseq"] = modseq;
        return raised.MatchedCount > 0;
    }
}
