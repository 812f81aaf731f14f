using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>A move or deletion of one message, as it is written down before it begins.</summary>
internal sealed record MessageChange
{
    /// <summary>The message, in the place that it leaves.</summary>
    public required RemovableMessage Message { get; init; }

    /// <summary>Its modseq: a message with another one was changed by somebody since.</summary>
    public required long Modseq { get; init; }

    /// <summary>What takes its place; null when it is deleted.</summary>
    public MessageCopy? Copy { get; init; }

    /// <summary>Whether a deleted message is counted out already.</summary>
    public bool IsCounted { get; init; }

    /// <summary>The deletion of a stored message: into the archive, but for drafts.</summary>
    public static MessageChange Deletion(BsonDocument message) => new()
    {
        Message = RemovableMessage.From(message) with { IsArchived = !message.IsTrue("draft") },
        Modseq = message.Number("modseq"),
    };

    /// <summary>The move of a stored message.</summary>
    public static MessageChange Move(BsonDocument message, ObjectId target, DateTimeOffset now) => new()
    {
        Message = RemovableMessage.From(message),
        Modseq = message.Number("modseq"),
        Copy = new MessageCopy(ObjectId.GenerateNewId(now.UtcDateTime), target),
    };

    /// <summary>Reads what <see cref="ToBson"/> wrote.</summary>
    public static MessageChange From(BsonDocument document) => new()
    {
        Message = RemovableMessage.FromIntent(document["message"].AsBsonDocument),
        Modseq = document.Number("modseq"),
        Copy = document.DocumentOrNull("copy") is { } copy ? new MessageCopy(copy["_id"].AsObjectId, copy["mailbox"].AsObjectId) : null,
        IsCounted = document.IsTrue("counted"),
    };

    public BsonDocument ToBson() => new()
    {
        { "_id", Message.Id },
        { "user", Message.User },
        { "message", Message.ToBson() },
        { "modseq", Modseq },
        { "copy", Copy is null ? BsonNull.Value : new BsonDocument { { "_id", Copy.Id }, { "mailbox", Copy.Mailbox } } },
        { "counted", IsCounted },
    };
}
