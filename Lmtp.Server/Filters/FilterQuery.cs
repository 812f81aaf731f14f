namespace Lmtp.Server.Filters;

/// <summary>The conditions of a filter. Without any, every message meets them.</summary>
public sealed record FilterQuery
{
    /// <summary>
    /// Texts that must occur in headers, by header name in lower case. <c>to</c> also looks at Cc and Delivered-To, and
    /// <c>from</c> at Sender, unless the filter names those itself.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Words and quoted phrases that must occur in the plain text; alternatives are separated by <c>OR</c>.</summary>
    public string? Text { get; init; }

    /// <summary>Whether there must be an attachment; false and null ask for nothing.</summary>
    public bool? HasAttachments { get; init; }

    /// <summary>In bytes: positive is the least size, negative the greatest, 0 asks for nothing.</summary>
    public long Size { get; init; }

    /// <summary>How many conditions these are.</summary>
    internal int ConditionCount =>
        Headers.Count + (Text is null ? 0 : 1) + (HasAttachments is true ? 1 : 0) + (Size == 0 ? 0 : 1);
}
