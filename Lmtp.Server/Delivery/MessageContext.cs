using System.Buffers;
using System.Security.Cryptography;
using Lmtp.Server.Filters;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>What is the same for all recipients of a message. It does not change while the message is delivered.</summary>
internal sealed record MessageContext
{
    private const int MagicRange = 65_536;

    /// <summary>The transaction that brought it.</summary>
    public required MailTransaction Transaction { get; init; }

    /// <summary>The indexed message.</summary>
    public required IndexedMessage Message { get; init; }

    /// <summary>Whether the message is only explained: stages decide as always and change nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether the message that is explained is stored already: it is no duplicate of itself.</summary>
    public bool IsStored { get; init; }

    /// <summary>Filters that are tried in place of those of the user; null otherwise.</summary>
    public IReadOnlyList<UserFilter>? TriedFilters { get; init; }

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

    /// <summary>Makes the context of a message that a transaction brought.</summary>
    public static MessageContext Of(MailTransaction transaction, IndexedMessage message, TimeProvider time) => new()
    {
        Transaction = transaction,
        Message = message,
        Sender = MailAddressNormalizer.Normalize(transaction.ReversePath),
        TransactionId = ObjectId.GenerateNewId(time.GetUtcNow().UtcDateTime),
        Magic = RandomNumberGenerator.GetInt32(MagicRange),
        FilterText = WithSingleBlanks(message.PlainText.ToLowerInvariant()),
        SenderDomain = Correspondents.SenderDomain(message),
    };

    /// <summary>The text with each run of white space as one blank.</summary>
    internal static string WithSingleBlanks(string text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var length = 0;
        var isInRun = false;
        foreach (var character in text)
        {
            var isBlank = char.IsWhiteSpace(character);
            if (!isBlank || !isInRun)
            {
                buffer[length++] = isBlank ? ' ' : character;
            }

            isInRun = isBlank;
        }

        var result = new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return result;
    }
}
