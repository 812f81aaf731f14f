namespace Lmtp.Server.Mime.Html;

/// <summary>The attributes that the converter reads; null where absent.</summary>
internal sealed record HtmlAttributes
{
    public string? Href { get; set; }

    public string? Alt { get; set; }

    public string? Source { get; set; }

    public string? Start { get; set; }

    public string? Type { get; set; }
}
