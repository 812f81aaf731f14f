using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Moves messages between the mailboxes of a user as WildDuck does: a copy with a new <c>_id</c> and UID takes the place
/// of the message, <c>root</c> and attachments with their references go along. Specification sections 2.6 and 2.9.
/// </summary>
internal sealed class MessageMover(
    MailDatabase database,
    MailboxStore mailboxes,
    MailboxWriter writer,
    MailboxExpunger expunger,
    ChangeAnnouncer announcer,
    TimeProvider time)
{
    private const int MaxAttempts = 8;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Moves a message; returns it in its new place, null when the user has no such message, or where it has another
    /// <paramref name="modseq"/> than the one that is given.
    /// </summary>
    public async Task<MessageSummary?> MoveAsync(
        ObjectId user, ObjectId message, Mailbox target, long? modseq, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var found = await database.Messages
                .Find(Filter.Eq("_id", message) & Filter.Eq("user", user))
                .FirstOrDefaultAsync(cancellationToken);
            if (found is null || (modseq is { } expected && found.Number("modseq") != expected))
            {
                return null;
            }

            if (found["mailbox"] == target.Id)
            {
                return MessageReader.ToSummary(found);
            }

            var source = RemovableMessage.From(found);
            if (await TryMoveAsync(found, target) is { } moved)
            {
                await announcer.AddedAsync(user, target.Id, moved.IsTrue("unseen"));
                await expunger.AnnounceAsync(source.Mailbox, [source], CancellationToken.None);
                return MessageReader.ToSummary(moved);
            }
        }

        throw new TimeoutException($"Message {message} is changed by others all the time.");
    }

    /// <summary>
    /// In turn with what is written into the target. First the copy, then the removal: whatever fails, no message is lost.
    /// Null when somebody else changed, moved or removed the message first.
    /// </summary>
    private async Task<BsonDocument?> TryMoveAsync(BsonDocument message, Mailbox target)
    {
        BsonDocument? moved = null;
        var place = Filter.Eq("_id", message["_id"]) & Filter.Eq("mailbox", message["mailbox"])
            & Filter.Eq("uid", message["uid"]) & Filter.Eq("modseq", message["modseq"]);
        await writer.RunAsync(target.Id, async () =>
        {
            if (await mailboxes.TakeUidsAsync(target.Id, 1, CancellationToken.None) is not { } numbers)
            {
                return;
            }

            var copy = ToCopy(message, target, numbers);
            await database.Messages.InsertOneAsync(copy);
            var removed = await database.Messages.DeleteOneAsync(place);
            if (removed.DeletedCount == 0)
            {
                await database.Messages.DeleteOneAsync(Filter.Eq("_id", copy["_id"]));
                return;
            }

            await database.Journal.InsertOneAsync(JournalEntry.Exists(copy, time.GetUtcNow().UtcDateTime));
            moved = copy;
        });
        return moved;
    }

    private BsonDocument ToCopy(BsonDocument message, Mailbox target, UidRange numbers)
    {
        var now = time.GetUtcNow();
        var copy = new BsonDocument(message)
        {
            ["_id"] = ObjectId.GenerateNewId(now.UtcDateTime),
            ["mailbox"] = target.Id,
            ["uid"] = numbers.FirstUid,
            ["modseq"] = numbers.FirstModseq,
        };
        SetRetention(copy, target.Retention, now.ToUnixTimeSeconds() * 1000);
        if (copy.Strings("flags").Contains(@"\Deleted"))
        {
            copy.Remove("searchable");
        }
        else
        {
            copy["searchable"] = true;
        }

        if (target.SpecialUse == @"\Junk")
        {
            copy["junk"] = true;
        }
        else if (target.SpecialUse != @"\Trash")
        {
            copy.Remove("junk");
        }

        return copy;
    }

    private static void SetRetention(BsonDocument message, long retention, long from)
    {
        message["retentionTime"] = (double)from;
        message["retention"] = BsonFields.ToJavaScriptNumber(retention);
        message["exp"] = retention > 0;
        if (retention > 0)
        {
            message["rdate"] = (double)(from + retention);
        }
        else
        {
            message.Remove("rdate");
        }
    }
}
