namespace Lmtp.Server.Mime.Html;

/// <summary>Walks the nodes of a document and writes their text.</summary>
/// <param name="document">The document.</param>
/// <param name="inputLength">The length of its mark-up, to which the work is limited in proportion.</param>
/// <param name="enough">How many characters are wanted; what would stand behind them may be left out.</param>
internal sealed class TextWriter(HtmlDocument document, int inputLength, int enough) : IDisposable
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

    private readonly long _maxWork = Math.Max((long)inputLength * MaxWorkFactor, LeastMaxWork);
    private readonly Stack<OpenElement> _open = [];
    private readonly TextBlockStack _blocks = new(LineLength);
    private int _depthCost;
    private int _headings;
    private long _words;
    private long _characters;
    private bool _isFull;

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

    /// <inheritdoc/>
    public override string ToString() => _blocks.Current.ToString();

    /// <inheritdoc/>
    public void Dispose() => _blocks.Dispose();

    /// <summary>Writes or opens a node; returns the position of the next one to look at.</summary>
    private int Write(int index)
    {
        ref readonly var node = ref document[index];
        if (_open.TryPeek(out var parent) && parent.List is { } list)
        {
            if (!TextList.Contains(document, node))
            {
                return node.End;
            }

            _blocks.OpenItem(list.NextPrefix(node), list.PrefixLength);
            Enter(new OpenElement(node.End, ElementFormat.ListItem, null, _words, null));
        }

        switch (node.Kind)
        {
            case HtmlNodeKind.Text:
                AddInline(document.TextOf(node), isContent: true);
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
                AddInline(ImageText(node.Attributes), isContent: false);
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
        var list = TextList.Create(document, index);
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
            AddInline(_words > element.WordsBefore ? $" [{link}]" : link, isContent: false);
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
    private bool EndsHere() => _isFull = _characters >= enough;

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

    private readonly record struct OpenElement(int End, ElementFormat Format, string? Link, long WordsBefore, TextList? List);
}
