using System.Text;

namespace Lmtp.Server.Mime.Html;

/// <summary>Builds the node list of a document: which elements open and close which.</summary>
internal sealed class HtmlDocument
{
    private readonly List<HtmlNode> _nodes = [];
    private readonly List<int> _open = [];
    private readonly Dictionary<string, int> _openOthers = [];
    private readonly int[] _openTags = new int[Enum.GetValues<HtmlTag>().Length];
    private readonly List<bool> _foreign = [false];

    private HtmlDocument()
    {
    }

    /// <summary>Parses HTML. Any text is a document.</summary>
    public static HtmlDocument Parse(string html)
    {
        var document = new HtmlDocument();
        new HtmlTokenizer(html, document).Run();
        while (document._open.Count > 0)
        {
            document.Pop();
        }

        document.FlushText();
        return document;
    }

    /// <summary>The nodes in document order.</summary>
    public IReadOnlyList<HtmlNode> Nodes => _nodes;

    /// <summary>Receives text; what comes in a row becomes one node.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>A comment or something like it.</summary>
    public void AddComment() => Add(new HtmlNode { Kind = HtmlNodeKind.Comment });

    /// <summary>A start tag was read.</summary>
    /// <param name="name">The name in lower case.</param>
    /// <param name="attributes">The attributes of interest, or null.</param>
    /// <param name="isSelfClosing">Whether it ends in a slash.</param>
    public void Open(string name, HtmlAttributes? attributes, bool isSelfClosing)
    {
        var tag = HtmlTags.Find(name);
        var ended = HtmlTags.EndedBy(tag);
        while (_open.Count > 0 && ended.Contains(_nodes[_open[^1]].Tag))
        {
            Pop();
        }

        Push(tag, name, attributes);
        if (HtmlTags.IsVoid(tag))
        {
            Pop();
            return;
        }

        if (HtmlTags.IsForeign(tag))
        {
            _foreign.Add(true);
        }
        else if (HtmlTags.IsIntegrationPoint(tag, name))
        {
            _foreign.Add(false);
        }

        if (isSelfClosing && _foreign is [.., true])
        {
            Pop();
        }
    }

    /// <summary>An end tag was read.</summary>
    public void Close(string name)
    {
        var tag = HtmlTags.Find(name);
        if (_foreign.Count > 0 && (HtmlTags.IsForeign(tag) || HtmlTags.IsIntegrationPoint(tag, name)))
        {
            _foreign.RemoveAt(_foreign.Count - 1);
        }

        if (HtmlTags.IsVoid(tag))
        {
            if (tag == HtmlTag.Br)
            {
                Push(tag, name, null);
                Pop();
            }
        }
        else if (IsOpen(tag, name))
        {
            while (!IsInnermost(tag, name))
            {
                Pop();
            }

            Pop();
        }
        else if (tag == HtmlTag.P)
        {
            Push(tag, name, null);
            Pop();
        }
    }

    private bool IsOpen(HtmlTag tag, string name) =>
        tag == HtmlTag.Other ? _openOthers.GetValueOrDefault(name) > 0 : _openTags[(int)tag] > 0;

    private bool IsInnermost(HtmlTag tag, string name)
    {
        var node = _nodes[_open[^1]];
        return node.Tag == tag && (tag != HtmlTag.Other || node.Text == name);
    }

    private void Push(HtmlTag tag, string name, HtmlAttributes? attributes)
    {
        Add(new HtmlNode
        {
            Kind = tag is HtmlTag.Script or HtmlTag.Style ? HtmlNodeKind.Hidden : HtmlNodeKind.Element,
            Tag = tag,
            Text = tag == HtmlTag.Other ? name : null,
            Attributes = attributes,
        });
        _open.Add(_nodes.Count - 1);
        Count(_nodes[^1], 1);
    }

    private void Pop()
    {
        FlushText();
        var node = _nodes[_open[^1]];
        node.End = _nodes.Count;
        _nodes[_open[^1]] = node;
        _open.RemoveAt(_open.Count - 1);
        Count(node, -1);
    }

    private void Count(in HtmlNode node, int change)
    {
        if (node.Tag == HtmlTag.Other)
        {
            _openOthers[node.Text!] = _openOthers.GetValueOrDefault(node.Text!) + change;
        }
        else
        {
            _openTags[(int)node.Tag] += change;
        }
    }

    private void FlushText()
    {
        if (Text.Length > 0)
        {
            Append(new HtmlNode { Kind = HtmlNodeKind.Text, Text = Text.ToString() });
            Text.Clear();
        }
    }

    private void Add(HtmlNode node)
    {
        FlushText();
        Append(node);
    }

    private void Append(HtmlNode node)
    {
        node.Parent = _open.Count > 0 ? _open[^1] : -1;
        node.End = _nodes.Count + 1;
        _nodes.Add(node);
    }
}
