namespace Lmtp.Server.Mime.Html;

/// <summary>What a node of an HTML document is to the converter.</summary>
internal enum HtmlNodeKind : byte
{
    Text,

    /// <summary>A comment, declaration or processing instruction.</summary>
    Comment,

    /// <summary>Script or style: never shown.</summary>
    Hidden,

    Element,
}
