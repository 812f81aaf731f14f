namespace Lmtp.Server.Mime.Html;

/// <summary>The blocks that are open, the innermost on top.</summary>
internal sealed class TextBlockStack
{
    private const int LeastLineLength = 20;
    private const int MaxIdleBlocks = 64;

    private readonly Stack<TextBlock> _open = [];
    private readonly Stack<TextBlock> _idle = [];
    private readonly int _lineLength;

    /// <summary>Opens the block of the whole document.</summary>
    public TextBlockStack(int lineLength)
    {
        _lineLength = lineLength;
        Current = new TextBlock();
        Current.Begin(1, lineLength, isPreformatted: false);
    }

    /// <summary>The innermost block.</summary>
    public TextBlock Current { get; private set; }

    /// <summary>How many characters were carried from one block into another.</summary>
    public long Work { get; private set; }

    /// <summary>Opens a block.</summary>
    /// <param name="leadingLineBreaks">Line breaks that go before it.</param>
    /// <param name="reserved">By how much its lines are shorter than those around it.</param>
    /// <param name="isPreformatted">Whether white space is kept.</param>
    public void Open(int leadingLineBreaks, int reserved, bool isPreformatted = false) =>
        Push().Begin(
            leadingLineBreaks,
            Math.Max(LeastLineLength, Outer.LineLength - reserved),
            isPreformatted || Outer.IsPreformatted);

    /// <summary>Ends the innermost block.</summary>
    public void Close(int trailingLineBreaks, bool isQuote = false)
    {
        if (isQuote)
        {
            Current.Quote();
        }

        Finish(Math.Max(Current.PendingLineBreaks, trailingLineBreaks));
    }

    /// <summary>Opens a list, in which there are only items.</summary>
    public void OpenList(int leadingLineBreaks, int prefixLength) =>
        Push().Begin(leadingLineBreaks, Outer.LineLength, Outer.IsPreformatted, prefixLength: prefixLength);

    /// <summary>Ends a list; one without text leaves nothing behind.</summary>
    public void CloseList(int trailingLineBreaks)
    {
        if (Current.Length > 0)
        {
            Finish(trailingLineBreaks);
        }
        else
        {
            Pop();
        }
    }

    /// <summary>Opens an item of the innermost list.</summary>
    public void OpenItem(string prefix, int prefixLength) =>
        Push().Begin(
            1,
            Math.Max(LeastLineLength, Outer.LineLength - Math.Max(prefix.Length, prefixLength)),
            Outer.IsPreformatted,
            prefix);

    /// <summary>Ends an item.</summary>
    public void CloseItem()
    {
        Current.Indent(Math.Max(Current.Prefix.Length, Outer.PrefixLength));
        Finish(Math.Max(Current.PendingLineBreaks, 1));
    }

    /// <summary>Opens the block of another document; false when so many blocks were open that they are not kept.</summary>
    public bool TryReset()
    {
        while (_open.Count > 0)
        {
            Pop();
        }

        foreach (var block in _idle)
        {
            block.Dispose();
        }

        Current.Dispose();
        Current.Begin(1, _lineLength, isPreformatted: false);
        Work = 0;
        return _idle.Count <= MaxIdleBlocks;
    }

    private TextBlock Outer => _open.Peek();

    private TextBlock Push()
    {
        _open.Push(Current);
        Current = _idle.TryPop(out var idle) ? idle : new TextBlock();
        return Current;
    }

    private TextBlock Pop()
    {
        var ended = Current;
        _idle.Push(ended);
        Current = _open.Pop();
        return ended;
    }

    private void Finish(int trailingLineBreaks)
    {
        Work += Current.Length;
        var ended = Pop();
        Current.Add(ended, trailingLineBreaks);
    }
}
