using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>A document of <c>mailboxes</c>. Specification section 2.5.</summary>
public sealed record Mailbox
{
    /// <summary><c>mailboxes._id</c>.</summary>
    public required ObjectId Id { get; init; }

    /// <summary>The owner.</summary>
    public required ObjectId User { get; init; }

    /// <summary>The name with its parents, separated by <c>/</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The special use (RFC 6154), such as <c>\Junk</c>; null when there is none.</summary>
    public string? SpecialUse { get; init; }

    /// <summary>UIDVALIDITY of IMAP.</summary>
    public long UidValidity { get; init; }

    /// <summary>The next UID to be given out.</summary>
    public long UidNext { get; init; }

    /// <summary>The highest modseq that was given out.</summary>
    public long HighestModseq { get; init; }

    /// <summary>How long messages are kept, in milliseconds; 0: for ever.</summary>
    public long Retention { get; init; }

    /// <summary>Whether it takes part in IMAP's LSUB.</summary>
    public bool IsSubscribed { get; init; }

    /// <summary>Whether it is hidden from IMAP.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether whatever is stored here is to be encrypted.</summary>
    public bool EncryptsMessages { get; init; }

    /// <summary>The state that a change may depend on; what deliveries change is left out.</summary>
    internal static Revision Revision { get; } = new("path", "retention", "subscribed");

    /// <summary>The document itself.</summary>
    internal BsonDocument Document { get; init; } = [];

    internal static Mailbox From(BsonDocument document) => new()
    {
        Id = document["_id"].AsObjectId,
        User = document["user"].AsObjectId,
        Path = document.StringOrEmpty("path"),
        SpecialUse = document.StringOrNull("specialUse"),
        UidValidity = document.Number("uidValidity"),
        UidNext = document.Number("uidNext"),
        HighestModseq = document.Number("modifyIndex"),
        Retention = document.Number("retention"),
        IsSubscribed = document.IsTrue("subscribed"),
        IsHidden = document.IsTrue("hidden"),
        EncryptsMessages = document.IsTrue("encryptMessages"),
        Document = document,
    };
}
