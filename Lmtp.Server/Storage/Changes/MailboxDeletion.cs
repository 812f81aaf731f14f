using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>The deletion of a mailbox with the messages in it, as it is written down before it begins.</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Owner">The user who has it.</param>
/// <param name="Modseq">The highest modseq of the mailbox when it was read.</param>
/// <param name="Journal">The <c>_id</c> of the journal entry.</param>
internal sealed record MailboxDeletion(ObjectId Mailbox, ObjectId Owner, long Modseq, ObjectId Journal) : PendingChange
{
    public const string KindName = "mailbox";

    public override ObjectId Id => Mailbox;

    public override ObjectId User => Owner;

    public override ObjectId Token => Journal;

    public override string Name => KindName;

    public static MailboxDeletion Of(Mailbox mailbox) =>
        new(mailbox.Id, mailbox.User, mailbox.HighestModseq, ObjectId.GenerateNewId());

    /// <summary>Reads what was written down.</summary>
    public static MailboxDeletion Read(BsonDocument document) => new(
        document["_id"].AsObjectId, document["user"].AsObjectId, document.Number("modseq"), document["token"].AsObjectId);

    protected override BsonDocument Content() => new("modseq", Modseq);
}
