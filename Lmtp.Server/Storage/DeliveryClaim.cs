using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>
/// The claim of one server on the delivery of one message to one recipient. The key is made of what a retry by the MTA
/// repeats: envelope sender, recipient and the bytes of the message.
/// </summary>
internal sealed record DeliveryClaim
{
    public required BsonBinaryData Key { get; init; }

    public required ClaimState State { get; init; }

    /// <summary>Raised by each server that takes over; 0 while the first one has it.</summary>
    public required int Epoch { get; init; }

    /// <summary>Until when nobody else may take over.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>Whether it is done with for good: closed, and nothing late is looked for any more.</summary>
    public bool IsChecked { get; init; }

    public required DeliveryPlan Plan { get; init; }

    public static DeliveryClaim From(BsonDocument document) => new()
    {
        Key = document["_id"].AsBsonBinaryData,
        State = document.StringOrEmpty("state") switch
        {
            "stored" => ClaimState.Stored,
            "aborted" => ClaimState.Aborted,
            _ => ClaimState.Open,
        },
        Epoch = (int)document.Number("epoch"),
        LeaseUntil = document.TimeOrDefault("leaseUntil"),
        IsChecked = document.TimeOrNull("leaseUntil") is null,
        Plan = DeliveryPlan.From(document["plan"].AsBsonDocument),
    };
}
