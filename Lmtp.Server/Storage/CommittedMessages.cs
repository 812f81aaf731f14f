using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Finds out whether a planned message was stored, wherever its owner has moved it to since.</summary>
internal sealed class CommittedMessages(
    MailDatabase database, MailboxStore mailboxes, MailboxWriter writer, TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>Whether the message is there: itself, or what a move made of it, among the messages or the archived ones.</summary>
    public async Task<bool> ContainsAsync(DeliveryPlan plan, CancellationToken cancellationToken)
    {
        var itself = Filter.Eq("_id", plan.MessageId);
        var moved = Filter.Eq("user", plan.User) & Filter.Eq("thread", plan.Thread) & Filter.Eq("root", plan.MessageId);
        return await database.Messages.Find(itself).AnyAsync(cancellationToken)
            || await database.Messages.Find(moved).AnyAsync(cancellationToken)
            || await database.Archived.Find(itself).AnyAsync(cancellationToken)
            || await database.Archived.Find(moved).AnyAsync(cancellationToken);
    }

    /// <summary>
    /// Writes the journal entry of a stored message, if it still is where it was stored; once is enough. It waits its turn
    /// among the writes of the mailbox.
    /// </summary>
    public Task CompleteJournalAsync(DeliveryPlan plan, CancellationToken cancellationToken) =>
        writer.RunAsync(plan.Mailbox, () => WriteJournalAsync(plan, cancellationToken));

    private async Task WriteJournalAsync(DeliveryPlan plan, CancellationToken cancellationToken)
    {
        var message = await database.Messages
            .Find(Filter.Eq("_id", plan.MessageId))
            .Project<BsonDocument>(Builders<BsonDocument>.Projection
                .Include("uid").Include("modseq").Include("unseen").Include("idate")
                .Include("thread").Include("mailbox").Include("user"))
            .FirstOrDefaultAsync(cancellationToken);
        if (message is null || await database.Journal.Find(Filter.Eq("_id", plan.MessageId)).AnyAsync(cancellationToken))
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
