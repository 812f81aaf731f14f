using Lmtp.Server.Mime;
using MongoDB.Bson;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>A message for the outgoing queue.</summary>
internal sealed record OutgoingMessage
{
    /// <summary>Its ids and recipients.</summary>
    public required OutgoingPlan Plan { get; init; }

    /// <summary>The envelope sender; empty for the null reverse-path.</summary>
    public required string From { get; init; }

    /// <summary>Whom the message was for before forwarding; the sender that is replied to.</summary>
    public required string To { get; init; }

    /// <summary>The user in whose name it goes out; null for a forwarding address.</summary>
    public ObjectId? User { get; init; }

    /// <summary>The message that caused it.</summary>
    public required ObjectId Parent { get; init; }

    /// <summary>Where the message that caused it came from.</summary>
    public required string Origin { get; init; }

    public required IReadOnlyList<QueueHeader> Headers { get; init; }

    public required QueueEnvelope Envelope { get; init; }

    /// <summary>The Message-ID header.</summary>
    public required string MessageId { get; init; }

    /// <summary>The Date header.</summary>
    public required string Date { get; init; }

    /// <summary>The bytes that hold the body.</summary>
    public required IMessageSource Source { get; init; }

    /// <summary>Where in them the body begins.</summary>
    public required long BodyOffset { get; init; }
}
