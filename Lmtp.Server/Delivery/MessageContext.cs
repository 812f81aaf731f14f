using Lmtp.Server.Mime;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>What is the same for all recipients of a message. It does not change while the message is delivered.</summary>
internal sealed record MessageContext
{
    /// <summary>The transaction that brought it.</summary>
    public required MailTransaction Transaction { get; init; }

    /// <summary>The indexed message.</summary>
    public required IndexedMessage Message { get; init; }

    /// <summary>The envelope sender, normalised; empty for the null reverse-path.</summary>
    public required string Sender { get; init; }

    /// <summary>Shared by all recipients (<c>meta.transactionId</c>).</summary>
    public required ObjectId TransactionId { get; init; }

    /// <summary>The random number that attachment references are counted with, 0 to 65535.</summary>
    public required int Magic { get; init; }

    /// <summary>The plain text as filters compare it: lower case, single spaces.</summary>
    public required string FilterText { get; init; }

    /// <summary>The domain of the first author, normalised; null when there is none.</summary>
    public string? SenderDomain { get; init; }
}
