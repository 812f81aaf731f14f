using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>Makes the plan of a delivery that stores nothing and only sends.</summary>
internal static class UnstoredPlan
{
    public static DeliveryPlan Of(RecipientContext recipient, DeliveryOutcome outcome, OutgoingDraft draft) => new()
    {
        MessageId = recipient.MessageId,
        Received = recipient.Received,
        User = recipient.User?.Id ?? ObjectId.Empty,
        Mailbox = recipient.Mailbox?.Id ?? ObjectId.Empty,
        Thread = ObjectId.Empty,
        Flags = [],
        Filters = [],
        AddedFields = [],
        Size = 0,
        Magic = 0,
        Attachments = [],
        IsFirst = false,
        Outgoing = draft.Plans,
        ForwardTargets = draft.Targets,
        Unstored = DeliveryStatusNames.Of(outcome.Status),
        EncryptionSeed = draft.Plans.Any(plan => plan.Encryption is not null) ? recipient.Encrypted!.Seed : null,
        AnswerId = outcome.MessageId is { } id ? ObjectId.Parse(id) : recipient.MessageId,
    };
}
