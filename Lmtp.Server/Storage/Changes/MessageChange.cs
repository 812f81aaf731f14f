using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>A change of one message, as it is written down before it begins.</summary>
internal sealed record MessageChange : PendingChange
{
    /// <summary>What is done to the message.</summary>
    public required MessageChangeKind Kind { get; init; }

    /// <summary>The message, in the place where it was found.</summary>
    public required RemovableMessage Message { get; init; }

    /// <summary>Its modseq: a message with another one was changed by somebody since.</summary>
    public required long Modseq { get; init; }

    /// <summary>What takes the place of a message that is moved; else null.</summary>
    public MessageCopy? Copy { get; init; }

    /// <summary>Whether a deleted message is counted out already.</summary>
    public bool IsCounted { get; init; }

    public override ObjectId Id => Message.Id;

    public override ObjectId User => Message.User;

    public override ObjectId Token => Message.Token;

    public override string Name => NameOf(Kind);

    /// <summary>The deletion of a stored message: into the archive, but for drafts.</summary>
    public static MessageChange Deletion(BsonDocument message) => new()
    {
        Kind = MessageChangeKind.Deletion,
        Message = RemovableMessage.From(message) with { IsArchived = !message.IsTrue("draft") },
        Modseq = message.Number("modseq"),
    };

    /// <summary>The move of a stored message.</summary>
    public static MessageChange Move(BsonDocument message, ObjectId target, DateTimeOffset now) => new()
    {
        Kind = MessageChangeKind.Move,
        Message = RemovableMessage.From(message),
        Modseq = message.Number("modseq"),
        Copy = new MessageCopy(ObjectId.GenerateNewId(now.UtcDateTime), target),
    };

    /// <summary>The change of the flags of a stored message, whose attachments stay as they are.</summary>
    public static MessageChange Flags(BsonDocument message) => new()
    {
        Kind = MessageChangeKind.Flags,
        Message = RemovableMessage.From(message) with { Attachments = [] },
        Modseq = message.Number("modseq"),
    };

    /// <summary>Reads what was written down.</summary>
    public static MessageChange Read(BsonDocument document) => new()
    {
        Kind = Enum.GetValues<MessageChangeKind>().First(kind => NameOf(kind) == document.StringOrEmpty("kind")),
        Message = RemovableMessage.FromIntent(document["message"].AsBsonDocument),
        Modseq = document.Number("modseq"),
        Copy = document.DocumentOrNull("copy") is { } copy ? new MessageCopy(copy["_id"].AsObjectId, copy["mailbox"].AsObjectId) : null,
        IsCounted = document.IsTrue("counted"),
    };

    /// <summary>What a kind of change is called where it is written down.</summary>
    public static string NameOf(MessageChangeKind kind) => kind switch
    {
        MessageChangeKind.Deletion => "deletion",
        MessageChangeKind.Move => "move",
        _ => "flags",
    };

    protected override BsonDocument Content() => new()
    {
        { "message", Message.ToBson() },
        { "modseq", Modseq },
        { "copy", Copy is null ? BsonNull.Value : new BsonDocument { { "_id", Copy.Id }, { "mailbox", Copy.Mailbox } } },
        { "counted", IsCounted },
    };
}
