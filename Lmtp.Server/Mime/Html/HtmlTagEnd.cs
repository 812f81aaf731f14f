namespace Lmtp.Server.Mime.Html;

/// <summary>How a start tag ends.</summary>
internal enum HtmlTagEnd
{
    /// <summary>Not at all: the document ended before.</summary>
    Missing,

    Plain,

    SelfClosing,
}
