using Lmtp.Server.Filters;
using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>A document of <c>addresses</c>. Specification section 2.2.</summary>
public sealed record MailAddressEntry
{
    /// <summary><c>addresses._id</c>.</summary>
    public required ObjectId Id { get; init; }

    /// <summary>The owner; null for a forwarding address.</summary>
    public ObjectId? User { get; init; }

    /// <summary>The address, normalised, with its dots.</summary>
    public required string Address { get; init; }

    /// <summary>The unique look-up key.</summary>
    public required string View { get; init; }

    /// <summary>A display name that goes before the user's own, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Whether mail to this address is forwarded to targets instead of being stored.</summary>
    public bool IsForwarding { get; init; }

    /// <summary>Whether the forwarding was switched off.</summary>
    public bool IsForwardingDisabled { get; init; }

    /// <summary>Where mail to this address is forwarded to; empty for the address of a user.</summary>
    public IReadOnlyList<ForwardTarget> Targets { get; init; } = [];

    /// <summary>How many forwards a day the address may make; 0 takes the server's default.</summary>
    public long Forwards { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The state that a change may depend on; <c>lmtp</c> counts how often it became the main address or ceased to be.</summary>
    internal static Revision Revision { get; } = new("address", "name", "targets", "forwards", "forwardedDisabled", "lmtp");

    /// <summary>The document itself.</summary>
    internal BsonDocument Document { get; init; } = [];

    internal static MailAddressEntry From(BsonDocument document)
    {
        var user = document.GetValue("user", BsonNull.Value);
        return new MailAddressEntry
        {
            Id = document["_id"].AsObjectId,
            User = user.IsObjectId ? user.AsObjectId : null,
            Address = document.StringOrEmpty("address"),
            View = document.StringOrEmpty("addrview"),
            Name = document.StringOrNull("name"),
            IsForwarding = !user.IsObjectId && document.GetValue("targets", BsonNull.Value) is BsonArray { Count: > 0 },
            IsForwardingDisabled = document.IsTrue("forwardedDisabled"),
            Targets = user.IsObjectId ? [] : FilterStore.ToTargets(document.GetValue("targets", BsonNull.Value)),
            Forwards = document.Number("forwards"),
            Created = document.TimeOrDefault("created"),
            Document = document,
        };
    }
}
