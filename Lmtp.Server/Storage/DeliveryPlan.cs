using Lmtp.Server.Filters;
using Lmtp.Server.Storage.Outgoing;
using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>
/// Everything that a delivery to one recipient is going to change, made before anything is changed: whoever finishes or
/// undoes the delivery goes by it.
/// </summary>
internal sealed record DeliveryPlan
{
    /// <summary>The field of <see cref="EncryptionSeed"/>.</summary>
    public const string SeedField = "encryptionSeed";

    /// <summary>The <c>_id</c> of the message.</summary>
    public required ObjectId MessageId { get; init; }

    /// <summary>The internal date.</summary>
    public required DateTimeOffset Received { get; init; }

    public required ObjectId User { get; init; }

    public required ObjectId Mailbox { get; init; }

    public required ObjectId Thread { get; init; }

    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>The filters that applied: ids, and labels of rules for sender domains.</summary>
    public required IReadOnlyList<string> Filters { get; init; }

    /// <summary>Header fields added at the end.</summary>
    public required IReadOnlyList<(string Name, string Value)> AddedFields { get; init; }

    /// <summary>What counts against the quota, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The random number that attachment references are counted with.</summary>
    public required int Magic { get; init; }

    /// <summary>The attachment files and how many attachments of the message each of them is.</summary>
    public required IReadOnlyList<AttachmentUse> Attachments { get; init; }

    /// <summary>Whether the recipient was the first of its transaction.</summary>
    public required bool IsFirst { get; init; }

    /// <summary>Forwards and autoreplies.</summary>
    public IReadOnlyList<OutgoingPlan> Outgoing { get; init; } = [];

    /// <summary>Where the message was to be forwarded to, also when it is not.</summary>
    public IReadOnlyList<ForwardTarget> ForwardTargets { get; init; } = [];

    /// <summary>
    /// The answer where nothing is stored and the message only goes out: the outcome's name; null where it is stored.
    /// Mailbox and thread mean nothing then, nor does the user for a forwarding address.
    /// </summary>
    public string? Unstored { get; init; }

    /// <summary>The message that the answer names: this one, or the one that was there before.</summary>
    public ObjectId AnswerId { get; init; }

    /// <summary>Whether a message is stored.</summary>
    public bool StoresMessage => Unstored is null;

    /// <summary>The authors whom the address register notes; none for junk and drafts.</summary>
    public IReadOnlyList<MessageAddress> Correspondents { get; init; } = [];

    /// <summary>How the stored copy is encrypted, which size and attachments are those of; null when it is stored as it came.</summary>
    public string? Encryption { get; init; }

    /// <summary>
    /// Where all randomness of an encrypted copy comes from, so that whoever repeats the delivery gets the same bytes. Null
    /// where nothing is encrypted, and when the delivery is done with.
    /// </summary>
    public byte[]? EncryptionSeed { get; init; }

    /// <summary>Whether something is encrypted, to be stored or to be sent.</summary>
    public bool HasEncryptedCopy => Encryption is not null || Outgoing.Any(plan => plan is { Encryption: not null, Refusal: null });

    public BsonDocument ToBson()
    {
        var document = Describe();
        if (Encryption is not null)
        {
            document.Add("encryption", Encryption);
        }

        if (EncryptionSeed is not null)
        {
            document.Add(SeedField, new BsonBinaryData(EncryptionSeed));
        }

        return document;
    }

    public static DeliveryPlan From(BsonDocument document) => new()
    {
        MessageId = document["messageId"].AsObjectId,
        Received = document.TimeOrDefault("received"),
        User = document["user"].AsObjectId,
        Mailbox = document["mailbox"].AsObjectId,
        Thread = document["thread"].AsObjectId,
        Flags = document.Strings("flags"),
        Filters = document.Strings("filters"),
        AddedFields =
        [
            .. document["addedFields"].AsBsonArray.OfType<BsonDocument>()
                .Select(field => (field.StringOrEmpty("name"), field.StringOrEmpty("value"))),
        ],
        Size = document.Number("size"),
        Magic = (int)document.Number("magic"),
        Attachments =
        [
            .. document["attachments"].AsBsonArray.OfType<BsonDocument>()
                .Select(use => new AttachmentUse(use["id"].AsBsonBinaryData, (int)use.Number("n"))),
        ],
        IsFirst = document.IsTrue("isFirst"),
        Outgoing = Documents(document, "outgoing", OutgoingPlan.From),
        ForwardTargets = Documents(document, "forwardTargets", target =>
            new ForwardTarget(target.StringOrEmpty("type"), target.StringOrEmpty("value"))),
        Unstored = document.StringOrNull("unstored"),
        AnswerId = document.IdOrNull("answerId") ?? document["messageId"].AsObjectId,
        Correspondents = Documents(document, "correspondents", author =>
            new MessageAddress(author.StringOrEmpty("name"), author.StringOrEmpty("address"))),
        Encryption = document.StringOrNull("encryption"),
        EncryptionSeed = document.GetValue(SeedField, BsonNull.Value) is BsonBinaryData seed ? seed.Bytes : null,
    };

    private BsonDocument Describe() => new()
    {
        { "messageId", MessageId },
        { "received", Received.UtcDateTime },
        { "user", User },
        { "mailbox", Mailbox },
        { "thread", Thread },
        { "flags", new BsonArray(Flags) },
        { "filters", new BsonArray(Filters) },
        {
            "addedFields",
            new BsonArray(AddedFields.Select(field => new BsonDocument { { "name", field.Name }, { "value", field.Value } }))
        },
        { "size", Size },
        { "magic", Magic },
        {
            "attachments",
            new BsonArray(Attachments.Select(use => new BsonDocument { { "id", use.File }, { "n", use.Count } }))
        },
        { "isFirst", IsFirst },
        { "outgoing", new BsonArray(Outgoing.Select(plan => plan.ToBson())) },
        {
            "forwardTargets",
            new BsonArray(ForwardTargets.Select(target => new BsonDocument { { "type", target.Type }, { "value", target.Value } }))
        },
        { "unstored", Unstored is null ? BsonNull.Value : new BsonString(Unstored) },
        { "answerId", AnswerId },
        {
            "correspondents",
            new BsonArray(Correspondents.Select(author => new BsonDocument { { "name", author.Name }, { "address", author.Address } }))
        },
    };

    private static List<T> Documents<T>(BsonDocument document, string name, Func<BsonDocument, T> read) =>
        document.GetValue(name, BsonNull.Value) is BsonArray array ? [.. array.OfType<BsonDocument>().Select(read)] : [];
}
