using Lmtp.Server.Mime;

using MongoDB.Bson;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>What a message document holds beyond the message itself: where it is stored, for whom, and why.</summary>
public sealed record MessageFields
{
    /// <summary>The <c>_id</c> and <c>root</c>. Its timestamp is the time of storage.</summary>
    public required ObjectId Id { get; init; }

    /// <summary>The recipient's copy of the message.</summary>
    public required MessageCopy Copy { get; init; }

    /// <summary>The time of delivery, UTC; milliseconds are kept.</summary>
    public required DateTime InternalDate { get; init; }

    /// <summary>The <c>meta</c> document.</summary>
    public required BsonDocument Meta { get; init; }

    /// <summary>Flags set by filters, with their backslashes.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Ids of the filters that matched, or texts about domain rules.</summary>
    public BsonArray Filters { get; init; } = [];

    /// <summary>The number, 0 to 65535, with which the attachments' counters were raised.</summary>
    public required int Magic { get; init; }

    /// <summary>The mailbox.</summary>
    public required ObjectId Mailbox { get; init; }

    /// <summary>The owner of the mailbox.</summary>
    public required ObjectId User { get; init; }

    /// <summary>The UID in the mailbox.</summary>
    public required long Uid { get; init; }

    /// <summary>The modification sequence number.</summary>
    public required long ModSeq { get; init; }

    /// <summary>The thread.</summary>
    public required ObjectId Thread { get; init; }

    /// <summary>Milliseconds after which the message expires; 0 keeps it for good.</summary>
    public long Retention { get; init; }

    /// <summary>Whether the mailbox is the one for junk.</summary>
    public bool IsJunk { get; init; }

    /// <summary>Queue ids of forwards and autoreplies that were made; null when there are none.</summary>
    public IReadOnlyList<string>? Outbound { get; init; }

    /// <summary>The targets the message was to be forwarded to; null when there are none.</summary>
    public BsonArray? ForwardTargets { get; init; }

    /// <summary>Results of sender verification, when the MTA gave them.</summary>
    public BsonDocument? VerificationResults { get; init; }

    /// <summary>
    /// Base64 SHA-256 of the stored bytes by attachment number, for the attachments that this very delivery uploaded.
    /// </summary>
    public IReadOnlyDictionary<string, string> ContentHashes { get; init; } = new Dictionary<string, string>();

    /// <summary>The sub-document of our own; null for none.</summary>
    public BsonDocument? Lmtp { get; init; }
}
