using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Explain;

/// <summary>A message to be explained.</summary>
/// <param name="Bytes">The message as an MTA would hand it over.</param>
/// <param name="Sender">The envelope sender; empty for the null reverse-path.</param>
/// <param name="Received">When it arrived.</param>
internal sealed record ExplainedMessage(ReadOnlyMemory<byte> Bytes, string Sender, DateTimeOffset Received)
{
    /// <summary>The envelope recipient; null takes the user's main address.</summary>
    public string? Recipient { get; init; }

    /// <summary>ORCPT, or null.</summary>
    public string? OriginalRecipient { get; init; }

    /// <summary>The message that it is stored as; null when it is not stored.</summary>
    public ObjectId? StoredAs { get; init; }
}
