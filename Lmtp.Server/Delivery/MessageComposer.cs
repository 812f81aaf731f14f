using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>Makes the document of a message out of what is the same for all recipients and what the plan says.</summary>
internal sealed class MessageComposer(MessageDocumentBuilder builder)
{
    private const string Junk = @"\Junk";

    /// <summary>The document, complete but for UID and modseq.</summary>
    public BsonDocument Compose(
        MessageContext message, DeliveryJob job, IReadOnlyDictionary<string, string> contentHashes)
    {
        var plan = job.Plan!;
        var recipient = job.Context!;
        return builder.Build(new MessageFields
        {
            Id = plan.MessageId,
            Copy = recipient.Copy,
            InternalDate = plan.Received.UtcDateTime,
            Meta = DeliveryMeta.Of(message, recipient),
            Flags = plan.Flags,
            Filters = new BsonArray(plan.Filters.Select(ToBson)),
            Magic = plan.Magic,
            Mailbox = plan.Mailbox,
            User = plan.User,
            Uid = 0,
            ModSeq = 0,
            Thread = plan.Thread,
            Retention = recipient.Mailbox!.Retention,
            IsJunk = recipient.Mailbox.SpecialUse == Junk,
            ContentHashes = contentHashes,
        });
    }

    // A filter is named by its id; filters of old versions and rules for domains by a text.
    private static BsonValue ToBson(string label) =>
        ObjectId.TryParse(label, out var id) ? new BsonObjectId(id) : new BsonString(label);
}
