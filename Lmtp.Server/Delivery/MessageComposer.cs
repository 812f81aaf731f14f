using Lmtp.Server.Filters;
using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>Makes the document of a message out of what is the same for all recipients and what the plan says.</summary>
internal sealed class MessageComposer(MessageDocumentBuilder builder)
{
    private const string Junk = @"\Junk";

    /// <summary>The document, complete but for UID and modseq.</summary>
    public async Task<BsonDocument> ComposeAsync(
        MessageContext message,
        DeliveryJob job,
        IReadOnlyDictionary<string, string> contentHashes,
        CancellationToken cancellationToken)
    {
        var plan = job.Plan!;
        var recipient = job.Context!;
        var recovery = await MessageRestorer.CreateRecoveryAsync(recipient.StoredCopy, cancellationToken);
        return builder.Build(new MessageFields
        {
            Id = plan.MessageId,
            Copy = recipient.StoredCopy,
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
            Outbound = [.. plan.Outgoing.Where(outgoing => outgoing.Refusal is null).Select(outgoing => outgoing.QueueId)],
            ForwardTargets = plan.ForwardTargets.Count > 0 ? new BsonArray(plan.ForwardTargets.Select(ToBson)) : null,
            ContentHashes = contentHashes,
            Lmtp = new BsonDocument("recovery", recovery),
        });
    }

    private static BsonDocument ToBson(ForwardTarget target) => new() { { "type", target.Type }, { "value", target.Value } };

    // A filter is named by its id; filters of old versions and rules for domains by a text.
    private static BsonValue ToBson(string label) =>
        ObjectId.TryParse(label, out var id) ? new BsonObjectId(id) : new BsonString(label);
}
