namespace Lmtp.Server.Mime.Html;

/// <summary>
/// The text of one block element while it is put together: words are filled into lines, and blocks that have ended are
/// added below.
/// </summary>
internal sealed class TextBlock : IDisposable
{
    // A word longer than a line is cut behind characters that nobody configured; what the original looks for is this.
    private const string Cut = "undefined";

    private TextBuffer _text = new();
    private int _room;
    private int _wordsOnLine;
    private int _lastWord;

    /// <summary>The text so far.</summary>
    public ReadOnlySpan<char> Text => _text.Text;

    /// <summary>The number of characters so far.</summary>
    public int Length => _text.Length;

    /// <summary>The length after which lines are wrapped.</summary>
    public int LineLength { get; private set; }

    /// <summary>Line breaks that go before the block.</summary>
    public int LeadingLineBreaks { get; private set; }

    /// <summary>Line breaks that go before whatever follows.</summary>
    public int PendingLineBreaks { get; set; }

    /// <summary>White space was read behind the last word.</summary>
    public bool HasPendingSpace { get; set; }

    /// <summary>The line may be broken before what follows, even inside a word.</summary>
    public bool MayBreak { get; set; }

    /// <summary>Whether white space is kept.</summary>
    public bool IsPreformatted { get; private set; }

    /// <summary>The bullet or number of a list item, or empty.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary>Of a list: the room for the prefixes of its items.</summary>
    public int PrefixLength { get; private set; }

    /// <summary>Makes the block an empty one.</summary>
    public void Begin(int leadingLineBreaks, int lineLength, bool isPreformatted, string prefix = "", int prefixLength = 0)
    {
        LeadingLineBreaks = leadingLineBreaks;
        LineLength = lineLength;
        IsPreformatted = isPreformatted;
        Prefix = prefix;
        PrefixLength = prefixLength;
        PendingLineBreaks = 0;
        HasPendingSpace = MayBreak = false;
        _text.Clear();
        EndLine();
    }

    /// <summary>Adds a word that is separate from the one before.</summary>
    public void AddWord(ReadOnlySpan<char> word)
    {
        if (_room <= 0)
        {
            BreakLine(1);
        }

        var cost = word.Length + (_wordsOnLine == 0 ? 0 : 1);
        if (cost > _room)
        {
            AddOnNextLine(word);
            return;
        }

        if (_wordsOnLine > 0)
        {
            _text.Append(' ');
        }

        Place(word);
        _room -= cost;
    }

    /// <summary>Adds characters to the last word, or begins a line with them.</summary>
    public void ContinueWord(ReadOnlySpan<char> characters)
    {
        if (MayBreak && characters.Length > _room)
        {
            AddWord(characters);
            MayBreak = false;
        }
        else if (_wordsOnLine == 0)
        {
            AddWord(characters);
        }
        else if (characters.Length <= _room || (_wordsOnLine == 1 && _text.Length - _lastWord >= LineLength))
        {
            _text.Append(characters);
            _room -= characters.Length;
        }
        else
        {
            MoveLastWord(characters);
        }
    }

    /// <summary>Ends the line, and adds empty ones when more than one is asked for.</summary>
    public void BreakLine(int count)
    {
        _text.Append('\n', count);
        EndLine();
    }

    /// <summary>Ends the line where the document says so.</summary>
    public void BreakHard()
    {
        if (IsPreformatted)
        {
            AddPreformatted("\n");
        }
        else
        {
            BreakLine(1);
        }
    }

    /// <summary>Gets ready for text that flows; false when it is only white space behind a block.</summary>
    public bool TryFlow(bool hasWords)
    {
        if (PendingLineBreaks > 0)
        {
            if (!hasWords)
            {
                return false;
            }

            BreakLine(PendingLineBreaks);
            PendingLineBreaks = 0;
        }

        return true;
    }

    /// <summary>Adds text in which white space is kept.</summary>
    public void AddPreformatted(ReadOnlySpan<char> text)
    {
        EndLine();
        _text.Append(text);
    }

    /// <summary>Adds the text of a block that has ended.</summary>
    /// <param name="block">The block; its text is gone afterwards.</param>
    /// <param name="trailingLineBreaks">Line breaks that go behind it.</param>
    public void Add(TextBlock block, int trailingLineBreaks)
    {
        var breaks = Math.Max(PendingLineBreaks, block.LeadingLineBreaks);
        if (_text.Length > 0)
        {
            BreakLine(breaks);
            _text.Append(block._text.Text);
        }
        else
        {
            // Most blocks hold nothing but another block; taking its text over costs nothing.
            (_text, block._text) = (block._text, _text);
            LeadingLineBreaks = breaks;
        }

        EndLine();
        PendingLineBreaks = trailingLineBreaks;
    }

    /// <summary>Marks the lines as quoted; empty ones at both ends go.</summary>
    public void Quote()
    {
        var lines = _text.Text.Trim('\n');
        var quoted = new TextBuffer(lines.Length * 2);
        quoted.Append("> ");
        AppendLines(quoted, lines, "> ");
        Replace(quoted);
    }

    /// <summary>Puts the prefix before the first line and as much space before the others.</summary>
    /// <param name="width">The room for the prefix.</param>
    public void Indent(int width)
    {
        var indented = new TextBuffer(_text.Length * 2);
        indented.Append(Prefix);
        indented.Append(' ', width - Prefix.Length);
        AppendLines(indented, _text.Text, new string(' ', width));
        Replace(indented);
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    private static void AppendLines(TextBuffer text, ReadOnlySpan<char> lines, string mark)
    {
        for (var end = lines.IndexOf('\n'); end >= 0; end = lines.IndexOf('\n'))
        {
            text.Append(lines[..(end + 1)]);
            text.Append(mark);
            lines = lines[(end + 1)..];
        }

        text.Append(lines);
    }

    private void Replace(TextBuffer text)
    {
        _text.Dispose();
        _text = text;
    }

    private void EndLine()
    {
        _wordsOnLine = 0;
        _room = LineLength;
    }

    private void Place(ReadOnlySpan<char> word)
    {
        _lastWord = _text.Length;
        _text.Append(word);
        _wordsOnLine++;
    }

    /// <summary>The last word has grown too long for its line: it goes to the next one, whole.</summary>
    private void MoveLastWord(ReadOnlySpan<char> characters)
    {
        var length = _text.Length - _lastWord;
        using var word = new ScratchText();
        word.Buffer.Append(_text.Text[_lastWord..]);
        word.Buffer.Append(characters);
        _wordsOnLine--;
        _text.CutAt(_wordsOnLine > 0 ? _lastWord - 1 : _lastWord);
        _room += length + (_wordsOnLine > 0 ? 1 : 0);
        AddWord(word.Buffer.Text);
    }

    private void AddOnNextLine(ReadOnlySpan<char> word)
    {
        if (_wordsOnLine > 0)
        {
            BreakLine(1);
        }

        while (word.Length > LineLength && word[..LineLength].LastIndexOf(Cut) is >= 0 and var cut)
        {
            _text.Append(word[..(cut + 1)]);
            BreakLine(1);
            word = word[(cut + 1)..];
        }

        Place(word);
        _room -= word.Length;
    }
}
