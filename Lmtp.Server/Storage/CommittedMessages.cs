using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Finds out whether a planned message was stored, wherever its owner has moved it to since.</summary>
internal sealed class CommittedMessages(MailDatabase database, JournalCompletion journal)
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

    /// <summary>Writes the journal entry of a stored message, if it still is where it was stored.</summary>
    public Task CompleteJournalAsync(DeliveryPlan plan, CancellationToken cancellationToken) =>
        journal.RunAsync(plan.Mailbox, plan.MessageId, cancellationToken);
}
