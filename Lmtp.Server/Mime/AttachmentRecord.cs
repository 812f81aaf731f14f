namespace Lmtp.Server.Mime;

/// <summary>What <see cref="AttachmentList"/> holds of one attachment; the rest is read from its node.</summary>
/// <param name="Node">The number of the node in the tree.</param>
/// <param name="FileName">Where the file name stands.</param>
/// <param name="IsRelated">Whether it stands below a multipart/related.</param>
/// <param name="IsListed">Whether it appears in the message's list.</param>
/// <param name="DecodedLineLength">The line length to encode with, when it is stored decoded; else null.</param>
internal readonly record struct AttachmentRecord(int Node, TextRange FileName, bool IsRelated, bool IsListed, int? DecodedLineLength);
