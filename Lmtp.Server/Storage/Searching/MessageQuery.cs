using MongoDB.Bson;

namespace Lmtp.Server.Storage.Searching;

/// <summary>Which messages of a user to find. What is null does not narrow the search.</summary>
internal sealed record MessageQuery
{
    public required ObjectId User { get; init; }

    public ObjectId? Mailbox { get; init; }

    /// <summary>Words of the header or the text.</summary>
    public SearchText? Text { get; init; }

    /// <summary>Part of the From header; letter case makes no difference, here and below.</summary>
    public string? From { get; init; }

    /// <summary>Part of the To or Cc header.</summary>
    public string? To { get; init; }

    public string? Subject { get; init; }

    /// <summary>The earliest time of delivery.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The time before which it was delivered.</summary>
    public DateTimeOffset? Until { get; init; }

    public bool? IsUnseen { get; init; }

    public bool? IsFlagged { get; init; }

    public bool? HasAttachments { get; init; }

    /// <summary>The least size in bytes.</summary>
    public long? MinSize { get; init; }

    /// <summary>The greatest size in bytes.</summary>
    public long? MaxSize { get; init; }
}
