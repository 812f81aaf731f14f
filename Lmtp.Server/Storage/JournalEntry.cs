using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>Entries of the change journal. Specification section 2.9.</summary>
internal static class JournalEntry
{
    /// <summary>The command of entries that announce that a message is gone.</summary>
    public const string ExpungeCommand = "EXPUNGE";

    /// <summary>
    /// The entry that announces a new message. It has the <c>_id</c> of the message, so that writing it again changes
    /// nothing.
    /// </summary>
    public static BsonDocument Exists(BsonDocument message, DateTime now) => new()
    {
        { "_id", message["_id"] },
        { "command", "EXISTS" },
        { "uid", message["uid"] },
        { "ignore", BsonNull.Value },
        { "message", message["_id"] },
        { "modseq", message["modseq"] },
        { "unseen", message["unseen"] },
        { "idate", message["idate"] },
        { "thread", message["thread"] },
        { "created", now },
        { "mailbox", message["mailbox"] },
        { "user", message["user"] },
    };

    /// <summary>
    /// The entry that announces that a message is gone. It has the removal's token as <c>_id</c>, so that writing it again
    /// changes nothing.
    /// </summary>
    public static BsonDocument Expunge(RemovableMessage message, int modseq, DateTime now) => new()
    {
        { "_id", message.Token },
        { "command", ExpungeCommand },
        { "ignore", BsonNull.Value },
        { "uid", message.Uid },
        { "message", message.Id },
        { "unseen", message.IsUnseen },
        { "thread", message.Thread },
        { "modseq", modseq },
        { "created", now },
        { "mailbox", message.Mailbox },
        { "user", message.User },
    };
}
