using System.Buffers;
using System.Text;

namespace Lmtp.Server.Mime.Html;

/// <summary>Walks the nodes of a document and writes their text.</summary>
internal sealed class TextWriter
{
    private const int LineLength = 80;
    private const int LeastLineLength = 20;

    // The original works recursively and gives up when its stack is used up: after 2,500 plain elements, fewer when
    // they are links or lists.
    private const int MaxDepthCost = 5000;
    private const int MaxWorkFactor = 64;
    private const int LeastMaxWork = 1 << 20;

    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\r\n\f\u200b");

    private readonly HtmlDocument _document;
    private readonly Stack<OpenElement> _open = [];
    private readonly Stack<TextBlock> _blocks = [];
    private readonly long _maxWork;
    private long _work;
    private int _depthCost;
    private int _headings;
    private long _words;

    public TextWriter(HtmlDocument document, int inputLength)
    {
        _document = document;
        _maxWork = Math.Max((long)inputLength * MaxWorkFactor, LeastMaxWork);
        _blocks.Push(new TextBlock(1, LineLength));
    }

    private TextBlock Block => _blocks.Peek();

    /// <summary>Writes the nodes of a range; false when it is given up.</summary>
    public bool TryWrite(int start, int end)
    {
        for (var index = start; index < end;)
        {
            while (_open.TryPeek(out var open) && open.End <= index)
            {
                Close();
            }

            index = Write(index);
            if (_depthCost > MaxDepthCost || _work > _maxWork)
            {
                return false;
            }
        }

        while (_open.Count > 0)
        {
            Close();
        }

        return _work <= _maxWork;
    }

    public override string ToString() => Block.Text.ToString();

    /// <summary>Writes or opens a node; returns the position of the next one to look at.</summary>
    private int Write(int index)
    {
        var node = _document.Nodes[index];
        if (_open.TryPeek(out var parent) && parent.List is { } list)
        {
            if (!TextList.Contains(node))
            {
                return node.End;
            }

            OpenItem(list.NextPrefix(node), list.PrefixLength, node.End);
        }

        switch (node.Kind)
        {
            case HtmlNodeKind.Text:
                AddInline(node.Text!, isContent: true);
                return node.End;
            case HtmlNodeKind.Element:
                return Open(index, node);
            default:
                return node.End;
        }
    }

    private int Open(int index, in HtmlNode node)
    {
        switch (node.Tag)
        {
            case HtmlTag.Br:
                BreakLine();
                return node.End;
            case HtmlTag.Wbr:
                Block.Inline.MayBreak = true;
                return node.End;
            case HtmlTag.Hr:
                OpenBlock(2, 0);
                AddInline(new string('-', LineLength), isContent: true);
                CloseBlock(2);
                return node.End;
            case HtmlTag.Img:
                AddInline(ImageText(node.Attributes), isContent: false);
                return node.End;
            case HtmlTag.Ul or HtmlTag.Ol:
                return OpenList(index, node);
            default:
                EnterElement(node);
                return index + 1;
        }
    }

    private void EnterElement(in HtmlNode node)
    {
        var format = ElementFormat.Of(node.Tag);
        if (format.LeadingLineBreaks > 0)
        {
            OpenBlock(format.LeadingLineBreaks, format.IsQuote ? 2 : 0, node.Tag == HtmlTag.Pre);
        }

        _headings += format.IsHeading ? 1 : 0;
        Enter(new OpenElement(node.End, format, LinkTarget(node), _words, null, format.DepthCost));
    }

    private int OpenList(int index, in HtmlNode node)
    {
        var list = TextList.Create(_document.Nodes, index);
        if (list is null)
        {
            return node.End;
        }

        _blocks.Push(new TextBlock(list.OuterLineBreaks, Block.Inline.MaxLineLength)
        {
            IsPreformatted = Block.IsPreformatted,
            PrefixLength = list.PrefixLength,
        });
        Enter(new OpenElement(node.End, ElementFormat.List, null, _words, list, ElementFormat.List.DepthCost));
        return index + 1;
    }

    private void OpenItem(string prefix, int prefixLength, int end)
    {
        var length = Math.Max(LeastLineLength, Block.Inline.MaxLineLength - Math.Max(prefix.Length, prefixLength));
        _blocks.Push(new TextBlock(1, length) { IsPreformatted = Block.IsPreformatted, Prefix = prefix });
        Enter(new OpenElement(end, ElementFormat.ListItem, null, _words, null, 0));
    }

    private void Enter(OpenElement element)
    {
        _open.Push(element);
        _depthCost += element.DepthCost;
    }

    private void Close()
    {
        var element = _open.Pop();
        _depthCost -= element.DepthCost;
        if (element.Link is { } link)
        {
            AddInline(_words > element.WordsBefore ? $" [{link}]" : link, isContent: false);
        }

        var format = element.Format;
        _headings -= format.IsHeading ? 1 : 0;
        if (ReferenceEquals(format, ElementFormat.ListItem))
        {
            CloseItem();
        }
        else if (ReferenceEquals(format, ElementFormat.List))
        {
            CloseList(element.List!);
        }
        else if (format.LeadingLineBreaks > 0)
        {
            CloseBlock(format.TrailingLineBreaks, format.IsQuote);
        }
    }

    private void OpenBlock(int leading, int reserved, bool isPreformatted = false)
    {
        var length = Math.Max(LeastLineLength, Block.Inline.MaxLineLength - reserved);
        _blocks.Push(new TextBlock(leading, length) { IsPreformatted = isPreformatted || Block.IsPreformatted });
    }

    private void CloseBlock(int trailing, bool isQuote = false)
    {
        var block = _blocks.Pop();
        var text = isQuote ? TextLayout.Quote(block.Text) : block.Text;
        AddBlock(text, block.LeadingLineBreaks, Math.Max(block.PendingLineBreaks, trailing));
    }

    private void CloseItem()
    {
        var item = _blocks.Pop();
        var text = TextLayout.Indent(item.Text, item.Prefix, Math.Max(item.Prefix.Length, Block.PrefixLength));
        AddBlock(text, item.LeadingLineBreaks, Math.Max(item.PendingLineBreaks, 1));
    }

    private void CloseList(TextList list)
    {
        var block = _blocks.Pop();
        var text = block.Text;
        if (text.Length > 0)
        {
            AddBlock(text, block.LeadingLineBreaks, list.OuterLineBreaks);
        }
    }

    private void AddBlock(StringBuilder text, int leading, int trailing)
    {
        _work += text.Length;
        Block.Add(text, leading, trailing);
    }

    private void BreakLine()
    {
        if (Block.IsPreformatted)
        {
            Block.AddPreformatted("\n");
        }
        else
        {
            Block.Inline.StartLine(1);
        }
    }

    /// <summary>Adds text that flows.</summary>
    /// <param name="text">The text; white space in it separates words.</param>
    /// <param name="isContent">Whether it was text in the document, and not made of attributes.</param>
    private void AddInline(string text, bool isContent)
    {
        var block = Block;
        if (block.IsPreformatted)
        {
            block.AddPreformatted(text);
            return;
        }

        var rest = text.AsSpan();
        var word = rest.IndexOfAnyExcept(Spaces);
        if (rest.IsEmpty || (block.PendingLineBreaks > 0 && word < 0))
        {
            return;
        }

        var inline = block.Inline;
        if (block.PendingLineBreaks > 0)
        {
            inline.StartLine(block.PendingLineBreaks);
            block.PendingLineBreaks = 0;
        }

        var isSeparate = inline.HasPendingSpace || word > 0;
        inline.HasPendingSpace = (inline.HasPendingSpace && word < 0) || Spaces.Contains(rest[^1]);
        while (word >= 0)
        {
            rest = rest[word..];
            var length = rest.IndexOfAny(Spaces);
            AddWord(inline, length < 0 ? rest : rest[..length], isSeparate, isContent);
            isSeparate = true;
            rest = length < 0 ? [] : rest[length..];
            word = rest.IndexOfAnyExcept(Spaces);
        }
    }

    private void AddWord(InlineTextBuilder inline, ReadOnlySpan<char> word, bool isSeparate, bool isContent)
    {
        if (isContent)
        {
            _words++;
            if (_headings > 0)
            {
                word = Casing.ToUpper(word.ToString());
            }
        }

        if (isSeparate)
        {
            inline.Push(word);
        }
        else
        {
            inline.Concat(word);
        }
    }

    private static string ImageText(HtmlAttributes? attributes)
    {
        var alternative = attributes?.Alt ?? "";
        if (string.IsNullOrEmpty(attributes?.Source))
        {
            return alternative;
        }

        return alternative.Length == 0 ? $"[{attributes.Source}]" : $"{alternative} [{attributes.Source}]";
    }

    private static string? LinkTarget(in HtmlNode node)
    {
        if (node.Tag != HtmlTag.A || node.Attributes?.Href is not { Length: > 0 } href)
        {
            return null;
        }

        const string Mail = "mailto:";
        var target = href.StartsWith(Mail, StringComparison.Ordinal) ? href[Mail.Length..] : href;
        return target.Length == 0 || target[0] == '#' ? null : target;
    }

    private readonly record struct OpenElement(
        int End,
        ElementFormat Format,
        string? Link,
        long WordsBefore,
        TextList? List,
        int DepthCost);
}
