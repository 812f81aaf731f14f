namespace Lmtp.Server.Mime.Html;

/// <summary>One node, in document order; the descendants follow it.</summary>
internal struct HtmlNode
{
    public HtmlNodeKind Kind;

    /// <summary>The tag, for elements.</summary>
    public HtmlTag Tag;

    /// <summary>What the elements of one name have in common: a number for the name.</summary>
    public int Name;

    /// <summary>Where the text of a text node begins in the text of the document.</summary>
    public int TextStart;

    /// <summary>The length of that text.</summary>
    public int TextLength;

    /// <summary>The position of the parent, or -1.</summary>
    public int Parent;

    /// <summary>The position behind the last descendant.</summary>
    public int End;

    /// <summary>The number of its attributes that mean something to the converter, or -1.</summary>
    public int Attributes;
}
