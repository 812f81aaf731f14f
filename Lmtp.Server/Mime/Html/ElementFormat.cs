namespace Lmtp.Server.Mime.Html;

/// <summary>How an element is written as text.</summary>
/// <param name="LeadingLineBreaks">Line breaks before it; 0 for what is no block.</param>
/// <param name="TrailingLineBreaks">Line breaks behind it.</param>
/// <param name="IsHeading">Whether it is written in capitals.</param>
/// <param name="IsQuote">Whether its lines get a mark in front.</param>
/// <param name="DepthCost">What one level of it costs of the depth that is allowed.</param>
internal sealed record ElementFormat(
    int LeadingLineBreaks,
    int TrailingLineBreaks,
    bool IsHeading = false,
    bool IsQuote = false,
    int DepthCost = 2)
{
    public static readonly ElementFormat List = new(0, 0, DepthCost: 3);
    public static readonly ElementFormat ListItem = new(0, 0, DepthCost: 0);

    private static readonly ElementFormat Inline = new(0, 0);
    private static readonly ElementFormat Link = new(0, 0, DepthCost: 3);
    private static readonly ElementFormat Division = new(1, 1);
    private static readonly ElementFormat Paragraph = new(2, 2);
    private static readonly ElementFormat Quote = new(2, 2, IsQuote: true);
    private static readonly ElementFormat LargeHeading = new(3, 2, IsHeading: true);
    private static readonly ElementFormat SmallHeading = new(2, 2, IsHeading: true);

    /// <summary>A format for an element of which only the depth counts.</summary>
    public static ElementFormat WithoutText(HtmlTag tag) => tag is HtmlTag.A or HtmlTag.Ul or HtmlTag.Ol ? Link : Inline;

    /// <summary>The format of a tag.</summary>
    public static ElementFormat Of(HtmlTag tag) => tag switch
    {
        HtmlTag.A => Link,
        HtmlTag.Article or HtmlTag.Aside or HtmlTag.Div or HtmlTag.Footer or HtmlTag.Form or HtmlTag.Header
            or HtmlTag.Main or HtmlTag.Nav or HtmlTag.Section => Division,
        HtmlTag.P or HtmlTag.Pre or HtmlTag.Table => Paragraph,
        HtmlTag.Blockquote => Quote,
        HtmlTag.H1 or HtmlTag.H2 or HtmlTag.H3 => LargeHeading,
        HtmlTag.H4 or HtmlTag.H5 or HtmlTag.H6 => SmallHeading,
        _ => Inline,
    };
}
