using MongoDB.Bson;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>
/// A message that a delivery is going to send, with all its ids, made before anything is changed: whoever finishes or
/// undoes the delivery goes by it.
/// </summary>
internal sealed record OutgoingPlan
{
    public required OutgoingKind Kind { get; init; }

    /// <summary>The id in the outgoing queue.</summary>
    public required string QueueId { get; init; }

    /// <summary>The <c>_id</c> of the message's file in the queue.</summary>
    public required ObjectId File { get; init; }

    public required IReadOnlyList<OutgoingEntry> Entries { get; init; }

    /// <summary>Whose daily limit counts: a user or a forwarding address; for a reply, the autoreply.</summary>
    public required ObjectId Owner { get; init; }

    /// <summary>How many a day the owner may send.</summary>
    public required long Limit { get; init; }

    /// <summary>Why it is not sent after all; null while it is to be.</summary>
    public string? Refusal { get; init; }

    /// <summary>How the message is encrypted; null when it is sent as it came.</summary>
    public string? Encryption { get; init; }

    public BsonDocument ToBson()
    {
        var document = new BsonDocument
        {
            { "kind", Kind == OutgoingKind.Forward ? "forward" : "autoreply" },
            { "queueId", QueueId },
            { "file", File },
            { "entries", new BsonArray(Entries.Select(entry => entry.ToBson())) },
            { "owner", Owner },
            { "limit", Limit },
        };
        if (Refusal is not null)
        {
            document.Add("refusal", Refusal);
        }

        if (Encryption is not null)
        {
            document.Add("encryption", Encryption);
        }

        return document;
    }

    public static OutgoingPlan From(BsonDocument document) => new()
    {
        Kind = document.StringOrEmpty("kind") == "forward" ? OutgoingKind.Forward : OutgoingKind.Autoreply,
        QueueId = document.StringOrEmpty("queueId"),
        File = document["file"].AsObjectId,
        Entries = [.. document["entries"].AsBsonArray.OfType<BsonDocument>().Select(OutgoingEntry.From)],
        Owner = document["owner"].AsObjectId,
        Limit = document.Number("limit"),
        Refusal = document.StringOrNull("refusal"),
        Encryption = document.StringOrNull("encryption"),
    };
}
