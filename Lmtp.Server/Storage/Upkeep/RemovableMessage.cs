using MongoDB.Bson;

namespace Lmtp.Server.Storage.Upkeep;

/// <summary>A message whose time has come, as far as its removal needs to know it.</summary>
internal sealed record RemovableMessage
{
    /// <summary>The fields of a message that <see cref="From"/> reads.</summary>
    public static readonly IReadOnlyList<string> Fields =
    [
        "root", "user", "mailbox", "uid", "size", "magic", "unseen", "thread", "userDeleted", "copied", "mimeTree.attachmentMap",
    ];

    public required ObjectId Id { get; init; }

    /// <summary>What was the same message before it was moved or copied.</summary>
    public required ObjectId Root { get; init; }

    /// <summary>
    /// Stands for this removal: it keeps counts from being taken twice, and is the <c>_id</c> of the journal entry. Who
    /// removes the same message at the same time has another one.
    /// </summary>
    public required ObjectId Token { get; init; }

    public required ObjectId User { get; init; }

    public required ObjectId Mailbox { get; init; }

    public required int Uid { get; init; }

    public required long Size { get; init; }

    public required int Magic { get; init; }

    public required bool IsUnseen { get; init; }

    public required BsonValue Thread { get; init; }

    /// <summary>Whether it is kept aside for a while: not messages of deleted users, and not copies.</summary>
    public required bool IsArchived { get; init; }

    /// <summary>The references that it has on attachment files.</summary>
    public required IReadOnlyList<AttachmentUse> Attachments { get; init; }

    /// <summary>Reads a stored message.</summary>
    public static RemovableMessage From(BsonDocument message) => new()
    {
        Id = message["_id"].AsObjectId,
        Root = message.IdOrNull("root") ?? message["_id"].AsObjectId,
        Token = ObjectId.GenerateNewId(),
        User = message.IdOrNull("user") ?? ObjectId.Empty,
        Mailbox = message.IdOrNull("mailbox") ?? ObjectId.Empty,
        Uid = (int)message.Number("uid"),
        Size = message.Number("size"),
        Magic = (int)message.Number("magic"),
        IsUnseen = message.IsTrue("unseen"),
        Thread = message.GetValue("thread", BsonNull.Value),
        IsArchived = !message.IsTrue("userDeleted") && !message.IsTrue("copied"),
        Attachments = UsesOf(message),
    };

    /// <summary>Reads what <see cref="ToBson"/> wrote.</summary>
    public static RemovableMessage FromIntent(BsonDocument intent) => new()
    {
        Id = intent["_id"].AsObjectId,
        Root = intent.IdOrNull("root") ?? intent["_id"].AsObjectId,
        Token = intent.IdOrNull("token") ?? intent["_id"].AsObjectId,
        User = intent["user"].AsObjectId,
        Mailbox = intent["mailbox"].AsObjectId,
        Uid = (int)intent.Number("uid"),
        Size = intent.Number("size"),
        Magic = (int)intent.Number("magic"),
        IsUnseen = intent.IsTrue("unseen"),
        Thread = intent["thread"],
        IsArchived = intent.IsTrue("archived"),
        Attachments =
        [
            .. intent["attachments"].AsBsonArray.OfType<BsonDocument>()
                .Select(use => new AttachmentUse(use["id"].AsBsonBinaryData, (int)use.Number("n"))),
        ],
    };

    public BsonDocument ToBson() => new()
    {
        { "_id", Id },
        { "root", Root },
        { "token", Token },
        { "user", User },
        { "mailbox", Mailbox },
        { "uid", Uid },
        { "size", Size },
        { "magic", Magic },
        { "unseen", IsUnseen },
        { "thread", Thread },
        { "archived", IsArchived },
        {
            "attachments",
            new BsonArray(Attachments.Select(use => new BsonDocument { { "id", use.File }, { "n", use.Count } }))
        },
    };

    // Delivery counts each attachment, but WildDuck's COPY and its own removal count each file of a message once. Only the
    // message as delivered gives all references back; of a copy, one each: a file kept too long is better than one lost.
    private static List<AttachmentUse> UsesOf(BsonDocument message)
    {
        var isOriginal = message.IdOrNull("root") == message["_id"].AsObjectId;
        var map = message.DocumentOrNull("mimeTree")?.DocumentOrNull("attachmentMap") ?? [];
        return
        [
            .. map.Values.OfType<BsonBinaryData>()
                .GroupBy(id => id)
                .Select(files => new AttachmentUse(files.Key, isOriginal ? files.Count() : 1)),
        ];
    }
}
