using System.Globalization;

namespace Lmtp.Server.Mime.Html;

/// <summary>The bullets or numbers of one list.</summary>
internal sealed class TextList
{
    private readonly string _type;
    private readonly bool _isNested;
    private double? _number;

    private TextList(bool isNested, double? first, string type)
    {
        _isNested = isNested;
        _number = first;
        _type = type;
    }

    /// <summary>The length of the longest prefix.</summary>
    public int PrefixLength { get; private set; }

    /// <summary>Line breaks before and behind the list.</summary>
    public int OuterLineBreaks => _isNested ? 1 : 2;

    /// <summary>Looks through the children of a list element; null when there is nothing to write.</summary>
    public static TextList? Create(HtmlDocument nodes, int index)
    {
        ref readonly var element = ref nodes[index];
        var isNested = element.Parent >= 0 && nodes[element.Parent].Tag == HtmlTag.Li;
        double? first = element.Tag == HtmlTag.Ol ? ListNumbers.Parse(nodes.ValueOf(nodes.AttributesOf(element).Start)) : null;
        var type = nodes.ValueOf(nodes.AttributesOf(element).Type).ToString();
        var counting = new TextList(isNested, first, type);
        var list = new TextList(isNested, first, type);
        var any = false;
        for (var child = index + 1; child < element.End; child = nodes[child].End)
        {
            if (Contains(nodes, nodes[child]))
            {
                any = true;
                list.PrefixLength = Math.Max(list.PrefixLength, counting.NextPrefix(nodes[child]).Length);
            }
        }

        return any ? list : null;
    }

    /// <summary>Whether a child is written: everything but white space between the items.</summary>
    public static bool Contains(HtmlDocument nodes, in HtmlNode child) =>
        child.Kind != HtmlNodeKind.Text || !Whitespace.Trim(nodes.TextOf(child)).IsEmpty;

    /// <summary>The prefix of the next child; only list items have one.</summary>
    public string NextPrefix(in HtmlNode child)
    {
        if (child.Tag != HtmlTag.Li)
        {
            return "";
        }

        var prefix = " * ";
        if (_number is { } number)
        {
            prefix = string.Create(CultureInfo.InvariantCulture, $" {ListNumbers.Format(number, _type)}. ");
            _number = number + 1;
        }

        return _isNested ? prefix[1..] : prefix;
    }
}
