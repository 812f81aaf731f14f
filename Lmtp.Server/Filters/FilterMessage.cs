namespace Lmtp.Server.Filters;

/// <summary>What filters see of a message.</summary>
public sealed record FilterMessage
{
    /// <summary>The indexed headers: name and value in lower case, several of the same name as they come.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The plain text, in lower case, each run of white space one space.</summary>
    public required string Text { get; init; }

    /// <summary>Whether there is an attachment, inline ones included.</summary>
    public bool HasAttachments { get; init; }

    /// <summary>The size in bytes, the added header lines included.</summary>
    public long Size { get; init; }
}
