namespace Lmtp.Contracts;

/// <summary>What a message must have for a filter to match, all of it. What is null or empty does not count.</summary>
public sealed record FilterQuery
{
    /// <summary>Text in the From field.</summary>
    public string? From { get; init; }

    /// <summary>Text in the To and Cc fields.</summary>
    public string? To { get; init; }

    /// <summary>Text in the subject.</summary>
    public string? Subject { get; init; }

    /// <summary>Text in the List-Id field.</summary>
    public string? ListId { get; init; }

    /// <summary>Text in the message.</summary>
    public string? Text { get; init; }

    /// <summary>Whether there are attachments.</summary>
    public bool? HasAttachments { get; init; }

    /// <summary>The size in bytes: positive, at least that; negative, at most that.</summary>
    public long? Size { get; init; }
}
