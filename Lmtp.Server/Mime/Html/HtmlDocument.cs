namespace Lmtp.Server.Mime.Html;

/// <summary>Builds the node list of a document: which elements open and close which.</summary>
internal sealed class HtmlDocument : IDisposable
{
    private const int FirstNodes = 64;
    private const int MaxIdleNodes = 1024;

    private readonly PooledList<int> _open = new(FirstNodes);
    private readonly List<bool> _foreign = [false];
    private readonly int[] _openTags = new int[HtmlTags.Count];
    private Dictionary<string, int>? _otherNames;
    private List<int>? _openOthers;
    private readonly PooledList<HtmlAttributes> _attributes = new(FirstNodes);
    private readonly TextBuffer _attributeText = new();
    private readonly PooledList<HtmlNode> _nodes = new(FirstNodes);
    private int _textNodesEnd;

    /// <summary>Parses HTML into an empty document. Any text is a document.</summary>
    public void Parse(ReadOnlySpan<char> html)
    {
        HtmlTokenizer.Run(html, this);
        while (_open.Count > 0)
        {
            Pop();
        }

        EndText();
    }

    /// <summary>Makes it an empty document again; false when it has grown so large that it is better left to its fate.</summary>
    public bool TryReset()
    {
        if (_nodes.Capacity > MaxIdleNodes)
        {
            return false;
        }

        _otherNames?.Clear();
        _openOthers?.Clear();
        _textNodesEnd = 0;
        Text.Dispose();
        _attributeText.Dispose();
        _nodes.Clear();
        _attributes.Clear();
        _foreign.Clear();
        _foreign.Add(false);
        return true;
    }

    /// <summary>The number of nodes.</summary>
    public int Count => _nodes.Count;

    /// <summary>A node by its position in document order.</summary>
    public ref readonly HtmlNode this[int index] => ref _nodes[index];

    /// <summary>Receives text; what comes in a row becomes one node.</summary>
    public TextBuffer Text { get; } = new();

    /// <summary>The text of a text node.</summary>
    public ReadOnlySpan<char> TextOf(in HtmlNode node) => Text.Text.Slice(node.TextStart, node.TextLength);

    /// <summary>The attributes of a node.</summary>
    public HtmlAttributes AttributesOf(in HtmlNode node) => node.Attributes < 0 ? default : _attributes[node.Attributes];

    /// <summary>The value of an attribute; empty when it is absent.</summary>
    public ReadOnlySpan<char> ValueOf(TextRange? attribute) => attribute is { } range ? _attributeText[range] : [];

    /// <summary>Takes the value of an attribute.</summary>
    public TextRange AddAttribute(ReadOnlySpan<char> value)
    {
        var start = _attributeText.Length;
        HtmlEntities.Decode(value, inAttribute: true, _attributeText);
        return _attributeText.Since(start);
    }

    /// <summary>A comment or something like it.</summary>
    public void AddComment() => Add(new HtmlNode { Kind = HtmlNodeKind.Comment });

    /// <summary>Of some tags that are cut off, the last character of the document remains as text.</summary>
    public void AddLastCharacter(ReadOnlySpan<char> html) => Text.Append(html[^1]);

    /// <summary>A start tag was read.</summary>
    /// <param name="name">The name in lower case.</param>
    /// <param name="attributes">The attributes of interest, or null.</param>
    /// <param name="isSelfClosing">Whether it ends in a slash.</param>
    public void Open(ReadOnlySpan<char> name, HtmlAttributes? attributes, bool isSelfClosing)
    {
        var tag = HtmlTags.Find(name);
        var ended = HtmlTags.EndedBy(tag);
        while (_open.Count > 0 && ended.Contains(_nodes[_open[^1]].Tag))
        {
            Pop();
        }

        Push(tag, NameOf(tag, name), attributes);
        if (HtmlTags.IsVoid(tag))
        {
            Pop();
            return;
        }

        if (HtmlTags.IsForeign(tag))
        {
            _foreign.Add(true);
        }
        else if (HtmlTags.IsIntegrationPoint(tag))
        {
            _foreign.Add(false);
        }

        if (isSelfClosing && _foreign is [.., true])
        {
            Pop();
        }
    }

    /// <summary>An end tag was read.</summary>
    public void Close(ReadOnlySpan<char> name)
    {
        var tag = HtmlTags.Find(name);
        if (_foreign.Count > 0 && (HtmlTags.IsForeign(tag) || HtmlTags.IsIntegrationPoint(tag)))
        {
            _foreign.RemoveAt(_foreign.Count - 1);
        }

        var number = NameOf(tag, name);
        if (HtmlTags.IsVoid(tag) ? tag == HtmlTag.Br : tag == HtmlTag.P && OpenCount(number) == 0)
        {
            Push(tag, number, null);
            Pop();
        }
        else if (OpenCount(number) > 0)
        {
            while (_nodes[_open[^1]].Name != number)
            {
                Pop();
            }

            Pop();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Text.Dispose();
        _attributeText.Dispose();
        _nodes.Dispose();
        _attributes.Dispose();
        _open.Dispose();
    }

    /// <summary>The number of a name: known tags have theirs, others get one when they first occur.</summary>
    private int NameOf(HtmlTag tag, ReadOnlySpan<char> name)
    {
        if (tag != HtmlTag.Other)
        {
            return (int)tag;
        }

        _otherNames ??= [];
        var lookup = _otherNames.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(name, out var number))
        {
            number = HtmlTags.Count + _otherNames.Count;
            lookup[name] = number;
            (_openOthers ??= []).Add(0);
        }

        return number;
    }

    private int OpenCount(int name) => name < HtmlTags.Count ? _openTags[name] : _openOthers![name - HtmlTags.Count];

    private void Push(HtmlTag tag, int name, HtmlAttributes? attributes)
    {
        var number = -1;
        if (attributes is { } present)
        {
            number = _attributes.Count;
            _attributes.Add(present);
        }

        Add(new HtmlNode
        {
            Kind = tag is HtmlTag.Script or HtmlTag.Style ? HtmlNodeKind.Hidden : HtmlNodeKind.Element,
            Tag = tag,
            Name = name,
            Attributes = number,
        });
        _open.Add(Count - 1);
        CountOpen(name, 1);
    }

    private void Pop()
    {
        EndText();
        ref var node = ref _nodes[_open[^1]];
        node.End = Count;
        _open.RemoveLast();
        CountOpen(node.Name, -1);
    }

    private void CountOpen(int name, int change)
    {
        if (name < HtmlTags.Count)
        {
            _openTags[name] += change;
        }
        else
        {
            _openOthers![name - HtmlTags.Count] += change;
        }
    }

    private void EndText()
    {
        var length = Text.Length - _textNodesEnd;
        if (length > 0)
        {
            Append(new HtmlNode { Kind = HtmlNodeKind.Text, TextStart = _textNodesEnd, TextLength = length });
            _textNodesEnd = Text.Length;
        }
    }

    private void Add(HtmlNode node)
    {
        EndText();
        Append(node);
    }

    private void Append(HtmlNode node)
    {
        node.Parent = _open.Count > 0 ? _open[^1] : -1;
        node.End = Count + 1;
        _nodes.Add(node);
    }
}
