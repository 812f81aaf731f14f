namespace Lmtp.Server.Mime;

/// <summary>The limits of the indexer. They follow from what a MongoDB document can hold.</summary>
public sealed record MessageIndexerOptions
{
    /// <summary>The limits of MongoDB as they are documented.</summary>
    public static MessageIndexerOptions Default { get; } = new();

    /// <summary>The deepest nesting of parts that the document can hold.</summary>
    public const int MaxNesting = 47;

    /// <summary>The largest document that MongoDB stores: 16 MiB.</summary>
    public const int MaxMongoDocumentBytes = 16 * 1024 * 1024;

    // What the document has around its parts, and what each of them adds.
    private const int LevelsAroundParts = 6;
    private const int LevelsOfPart = 2;

    /// <summary>The limits with parts nested no deeper than this, 1 to <see cref="MaxNesting"/>.</summary>
    public static MessageIndexerOptions ForNesting(int levels) => new() { MaxDocumentDepth = LevelsAroundParts + (LevelsOfPart * levels) };

    /// <summary>Levels of nested documents and arrays that the stored document may have. MongoDB documents 100.</summary>
    public int MaxDocumentDepth { get; init; } = 100;

    /// <summary>
    /// Bytes that the parts of the message which stay in the document (headers, inline text, nested messages) may
    /// have together. MongoDB's limit for a document is 16 MiB.
    /// </summary>
    public int MaxDocumentBytes { get; init; } = MaxMongoDocumentBytes;

    /// <summary>Encoded size in bytes above which even inline text goes to attachment storage.</summary>
    public int MaxInlineTextBytes { get; init; } = 300 * 1024;

    /// <summary>
    /// Encoded bytes of one text part that are decoded, for what is stored of it beside the part itself and for filters.
    /// What lies behind them is only in attachment storage. Keeps memory independent of the size of a message.
    /// </summary>
    public int MaxTextBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>
    /// How many times the size of the message its attachments may take together. A message that was forwarded as an
    /// attachment again and again holds each of its attachments once for every time, and they are stored as often.
    /// </summary>
    public int MaxAttachmentGrowth { get; init; } = 8;

    /// <summary>Bytes that the attachments of a message may take together whatever its size.</summary>
    public int FreeAttachmentBytes { get; init; } = 64 * 1024 * 1024;
}
