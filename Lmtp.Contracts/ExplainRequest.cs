namespace Lmtp.Contracts;

/// <summary>A message to be explained: one that is stored, or one that is sent along.</summary>
public sealed record ExplainRequest
{
    /// <summary>The id of a stored message of the user; null when the message is sent along.</summary>
    public string? Message { get; init; }

    /// <summary>The message itself, in base64; null when it is a stored one.</summary>
    public byte[]? Raw { get; init; }

    /// <summary>The envelope sender; empty or null for the null reverse-path. Of a stored message it is known.</summary>
    public string? Sender { get; init; }

    /// <summary>The envelope recipient; null takes the stored message's, or the user's main address.</summary>
    public string? Recipient { get; init; }

    /// <summary>ORCPT as <c>type;address</c>, or null.</summary>
    public string? OriginalRecipient { get; init; }
}
