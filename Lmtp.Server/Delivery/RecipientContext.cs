using Lmtp.Server.Delivery.Encrypting;
using Lmtp.Server.Filters;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Server.Storage.Outgoing;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>What the stages find out and decide about one recipient.</summary>
internal sealed class RecipientContext(ResolvedRecipient recipient, MessageCopy copy, DateTimeOffset received)
{
    /// <summary>The recipient that RCPT accepted.</summary>
    public ResolvedRecipient Recipient { get; } = recipient;

    /// <summary>The message with the header lines that this delivery adds.</summary>
    public MessageCopy Copy { get; set; } = copy;

    /// <summary>When delivery to this recipient began: the internal date of the message.</summary>
    public DateTimeOffset Received { get; } = received;

    /// <summary>The <c>_id</c> that the message gets; it carries the time.</summary>
    public ObjectId MessageId { get; init; } = ObjectId.GenerateNewId(received.UtcDateTime);

    /// <summary>The user, as read at the end of DATA.</summary>
    public MailUser? User { get; set; }

    /// <summary>The stored address that the recipient was found as, which may have an asterisk; null before.</summary>
    public string? MatchedAddress { get; set; }

    /// <summary>The header fields that this delivery adds at the end.</summary>
    public IReadOnlyList<(string Name, string Value)> AddedFields { get; private set; } = [];

    /// <summary>What spam scanners before us found; null before.</summary>
    public SpamSignal? SpamSignal { get; set; }

    /// <summary>What the user's filters made of the message; null before.</summary>
    public FilterDecision? Filters { get; set; }

    /// <summary>The mailbox that the message goes to.</summary>
    public Mailbox? Mailbox { get; set; }

    /// <summary>Forwards and autoreplies, before limits are asked.</summary>
    public IReadOnlyList<OutgoingPlan> Outgoing { get; set; } = [];

    /// <summary>The message as it is encrypted, to be stored or sent; null when it is not.</summary>
    public EncryptedCopy? Encrypted { get; set; }

    /// <summary>Whether the stored copy is encrypted, or why not; null where nobody asks for it.</summary>
    public EncryptionReading? Encryption { get; set; }

    /// <summary>What is stored.</summary>
    public MessageCopy StoredCopy => Encryption?.Kind is null ? Copy : Encrypted!.Copy;

    /// <summary>The limits that were looked at, for the delivery log.</summary>
    public List<LimitReading> Limits { get; } = [];

    /// <summary>The IMAP flags that it gets.</summary>
    public List<string> Flags { get; } = [];

    /// <summary>Adds header fields to the copy; fields of the same names that were there go.</summary>
    public void AddFields(IReadOnlyList<(string Name, string Value)> fields)
    {
        AddedFields = [.. AddedFields, .. fields];
        Copy = Copy.WithFields([.. fields]);
    }
}
