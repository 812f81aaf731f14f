namespace Lmtp.Server.Mime.Html;

/// <summary>Where the attributes that the converter reads stand in the document; null where absent.</summary>
internal struct HtmlAttributes
{
    public TextRange? Href { get; set; }

    public TextRange? Alt { get; set; }

    public TextRange? Source { get; set; }

    public TextRange? Start { get; set; }

    public TextRange? Type { get; set; }
}
