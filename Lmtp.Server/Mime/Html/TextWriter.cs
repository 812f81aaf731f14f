namespace Lmtp.Server.Mime.Html;

/// <summary>Walks the nodes of a document and writes their text. It may be used again and again.</summary>
internal sealed class TextWriter : IDisposable
{
    private const int LineLength = 80;

    // The original works recursively and gives up when its stack is used up: after 2,500 plain elements, fewer when
    // they are links or lists.
    private const int MaxDepthCost = 5000;
    private const int MaxWorkFactor = 64;
    private const int LeastMaxWork = 1 << 20;

    // Bits for tab, LF, FF, CR and space; the zero width space is one more.
    private const long Spaces = 1L << '\t' | 1L << '\n' | 1L << '\f' | 1L << '\r' | 1L << ' ';

    private static readonly string Rule = new('-', LineLength);

    private readonly Stack<OpenElement> _open = [];
    private readonly TextBlockStack _blocks = new(LineLength);
    private readonly TextBuffer _inline = new();
    private long _maxWork;
    private int _enough;
    private int _depthCost;
    private int _headings;
    private long _words;
    private long _characters;
    private bool _isFull;

    /// <summary>The document that is written.</summary>
    public HtmlDocument Document { get; } = new();

    /// <summary>What was written.</summary>
    public ReadOnlySpan<char> Text => _blocks.Current.Text;

    /// <summary>Begins to write the document.</summary>
    /// <param name="inputLength">The length of its mark-up, to which the work is limited in proportion.</param>
    /// <param name="enough">How many characters are wanted; what would stand behind them may be left out.</param>
    public void Begin(int inputLength, int enough)
    {
        _maxWork = Math.Max((long)inputLength * MaxWorkFactor, LeastMaxWork);
        _enough = enough;
    }

    /// <summary>Gets ready for another document; false when this was too large a one.</summary>
    public bool TryReset()
    {
        _inline.Clear();
        _open.Clear();
        (_depthCost, _headings, _words, _characters, _isFull) = (0, 0, 0, 0, false);
        var isSmall = _blocks.TryReset();
        return Document.TryReset() && isSmall;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inline.Dispose();
        Document.Dispose();
    }

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
            if (_depthCost > MaxDepthCost || _blocks.Work > _maxWork)
            {
                return false;
            }
        }

        while (_open.Count > 0)
        {
            Close();
        }

        return _blocks.Work <= _maxWork;
    }

    /// <summary>Writes or opens a node; returns the position of the next one to look at.</summary>
    private int Write(int index)
    {
        ref readonly var node = ref Document[index];
        if (_open.TryPeek(out var parent) && parent.List is { } list)
        {
            if (!TextList.Contains(Document, node))
            {
                return node.End;
            }

            _blocks.OpenItem(list.NextPrefix(node), list.PrefixLength);
            Enter(new OpenElement(node.End, ElementFormat.ListItem, null, _words, null));
        }

        switch (node.Kind)
        {
            case HtmlNodeKind.Text:
                AddInline(Document.TextOf(node), isContent: true);
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
                _blocks.Current.BreakHard();
                return node.End;
            case HtmlTag.Wbr:
                _blocks.Current.MayBreak = true;
                return node.End;
            case HtmlTag.Hr:
                _blocks.Open(2, 0);
                AddInline(Rule, isContent: true);
                _blocks.Close(2);
                return node.End;
            case HtmlTag.Img:
                AddInline(ImageText(Document.AttributesOf(node)), isContent: false);
                return node.End;
            case HtmlTag.Ul or HtmlTag.Ol when !_isFull:
                return OpenList(index, node);
            default:
                EnterElement(node);
                return index + 1;
        }
    }

    private void EnterElement(in HtmlNode node)
    {
        var format = _isFull ? ElementFormat.WithoutText(node.Tag) : ElementFormat.Of(node.Tag);
        if (format.LeadingLineBreaks > 0)
        {
            _blocks.Open(format.LeadingLineBreaks, format.IsQuote ? 2 : 0, node.Tag == HtmlTag.Pre);
        }

        _headings += format.IsHeading ? 1 : 0;
        Enter(new OpenElement(node.End, format, LinkTarget(node), _words, null));
    }

    private int OpenList(int index, in HtmlNode node)
    {
        var list = TextList.Create(Document, index);
        if (list is null)
        {
            return node.End;
        }

        _blocks.OpenList(list.OuterLineBreaks, list.PrefixLength);
        Enter(new OpenElement(node.End, ElementFormat.List, null, _words, list));
        return index + 1;
    }

    private void Enter(OpenElement element)
    {
        _open.Push(element);
        _depthCost += element.Format.DepthCost;
    }

    private void Close()
    {
        var element = _open.Pop();
        var format = element.Format;
        _depthCost -= format.DepthCost;
        _headings -= format.IsHeading ? 1 : 0;
        if (element.Link is { } link)
        {
            AddInline(LinkText(Document.ValueOf(link), isSeparate: _words > element.WordsBefore), isContent: false);
        }

        if (ReferenceEquals(format, ElementFormat.ListItem))
        {
            _blocks.CloseItem();
        }
        else if (ReferenceEquals(format, ElementFormat.List))
        {
            _blocks.CloseList(element.List!.OuterLineBreaks);
        }
        else if (format.LeadingLineBreaks > 0)
        {
            _blocks.Close(format.TrailingLineBreaks, format.IsQuote);
        }
    }

    /// <summary>Adds text that flows.</summary>
    /// <param name="text">The text; white space in it separates words.</param>
    /// <param name="isContent">Whether it was text in the document, and not made of attributes.</param>
    private void AddInline(ReadOnlySpan<char> text, bool isContent)
    {
        var block = _blocks.Current;
        if (_isFull || (block.IsPreformatted && EndsHere()))
        {
            return;
        }

        if (block.IsPreformatted)
        {
            block.AddPreformatted(text);
            _characters += text.Length;
            return;
        }

        var word = LengthOf(text, isSpace: true);
        if (text.IsEmpty || !block.TryFlow(hasWords: word < text.Length))
        {
            return;
        }

        var isSeparate = block.HasPendingSpace || (word > 0 && word < text.Length);
        block.HasPendingSpace = (block.HasPendingSpace && word == text.Length) || IsSpace(text[^1]);
        for (text = text[word..]; !text.IsEmpty && !(isSeparate && EndsHere()); isSeparate = true)
        {
            var length = LengthOf(text, isSpace: false);
            AddWord(block, text[..length], isSeparate, isContent);
            text = text[length..];
            text = text[LengthOf(text, isSpace: true)..];
        }
    }

    private static bool IsSpace(char character) =>
        character <= ' ' ? (Spaces >> character & 1) != 0 : character == '\u200b';

    /// <summary>How many characters at the beginning are spaces, or are none. Words are too short for vectors.</summary>
    private static int LengthOf(ReadOnlySpan<char> text, bool isSpace)
    {
        var length = 0;
        while (length < text.Length && IsSpace(text[length]) == isSpace)
        {
            length++;
        }

        return length;
    }

    /// <summary>
    /// Whether enough was written once the last word is complete. From there on, only how deep the elements go matters.
    /// </summary>
    private bool EndsHere() => _isFull = _characters >= _enough;

    private void AddWord(TextBlock block, ReadOnlySpan<char> word, bool isSeparate, bool isContent)
    {
        if (isContent)
        {
            _words++;
            if (_headings > 0)
            {
                word = Casing.ToUpper(word.ToString());
            }
        }

        _characters += word.Length;
        if (isSeparate)
        {
            block.AddWord(word);
        }
        else
        {
            block.ContinueWord(word);
        }
    }

    private ReadOnlySpan<char> ImageText(HtmlAttributes attributes)
    {
        var source = Document.ValueOf(attributes.Source);
        _inline.Clear();
        _inline.Append(Document.ValueOf(attributes.Alt));
        if (!source.IsEmpty)
        {
            _inline.Append(_inline.Length == 0 ? "[" : " [");
            _inline.Append(source);
            _inline.Append(']');
        }

        return _inline.Text;
    }

    private ReadOnlySpan<char> LinkText(ReadOnlySpan<char> target, bool isSeparate)
    {
        if (!isSeparate)
        {
            return target;
        }

        _inline.Clear();
        _inline.Append(" [");
        _inline.Append(target);
        _inline.Append(']');
        return _inline.Text;
    }

    private TextRange? LinkTarget(in HtmlNode node)
    {
        if (node.Tag != HtmlTag.A || Document.AttributesOf(node).Href is not { Length: > 0 } href)
        {
            return null;
        }

        const string Mail = "mailto:";
        var target = Document.ValueOf(href);
        if (target.StartsWith(Mail))
        {
            href = new TextRange(href.Start + Mail.Length, href.Length - Mail.Length);
            target = target[Mail.Length..];
        }

        return target.IsEmpty || target[0] == '#' ? null : href;
    }

    private readonly record struct OpenElement(int End, ElementFormat Format, TextRange? Link, long WordsBefore, TextList? List);
}
