using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// The document that takes the place of a moved message: <c>root</c> and attachments with their references go along.
/// Specification section 2.6.
/// </summary>
internal static class MovedMessage
{
    public static BsonDocument ToDocument(BsonDocument message, ObjectId id, Mailbox target, UidRange numbers, DateTimeOffset now)
    {
        var copy = new BsonDocument(message)
        {
            ["_id"] = id,
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
