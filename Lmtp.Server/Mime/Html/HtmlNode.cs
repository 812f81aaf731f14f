namespace Lmtp.Server.Mime.Html;

/// <summary>What a node of an HTML document is to the converter.</summary>
internal enum HtmlNodeKind
{
    Text,

    /// <summary>A comment, declaration or processing instruction.</summary>
    Comment,

    /// <summary>Script or style: never shown.</summary>
    Hidden,

    Element,
}

/// <summary>One node, in document order; the descendants follow it.</summary>
internal struct HtmlNode
{
    public HtmlNodeKind Kind;

    /// <summary>The tag, for elements.</summary>
    public HtmlTag Tag;

    /// <summary>The text, or the name of an element that is no known tag.</summary>
    public string? Text;

    /// <summary>Attributes that mean something to the converter, or null.</summary>
    public HtmlAttributes? Attributes;

    /// <summary>The position of the parent, or -1.</summary>
    public int Parent;

    /// <summary>The position behind the last descendant.</summary>
    public int End;
}

/// <summary>The attributes that the converter reads; null where absent.</summary>
internal sealed record HtmlAttributes
{
    public string? Href { get; set; }

    public string? Alt { get; set; }

    public string? Source { get; set; }

    public string? Start { get; set; }

    public string? Type { get; set; }
}

/// <summary>The tags that are treated in ways of their own; all others are <see cref="Other"/>.</summary>
internal enum HtmlTag
{
    Other,
    A,
    Address,
    Area,
    Article,
    Aside,
    Base,
    Basefont,
    Blockquote,
    Body,
    Br,
    Button,
    Col,
    Command,
    Datalist,
    Dd,
    Desc,
    Details,
    Div,
    Dl,
    Dt,
    Embed,
    Fieldset,
    Figcaption,
    Figure,
    Footer,
    Foreignobject,
    Form,
    Frame,
    H1,
    H2,
    H3,
    H4,
    H5,
    H6,
    Head,
    Header,
    Hr,
    Img,
    Input,
    Isindex,
    Keygen,
    Li,
    Link,
    Main,
    Math,
    Meta,
    Mi,
    Mn,
    Mo,
    Ms,
    Mtext,
    Nav,
    Ol,
    Optgroup,
    Option,
    Output,
    P,
    Param,
    Pre,
    Rp,
    Rt,
    Script,
    Section,
    Select,
    Source,
    Style,
    Svg,
    Table,
    Tbody,
    Td,
    Textarea,
    Tfoot,
    Th,
    Thead,
    Title,
    Tr,
    Track,
    Ul,
    Wbr,
    Xmp,
}
