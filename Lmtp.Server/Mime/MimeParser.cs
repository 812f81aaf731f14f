namespace Lmtp.Server.Mime;

/// <summary>
/// Decides for every line of the message whether it is a delimiter, a header line or text. A message inside a message
/// is parsed on a level of its own; a line that may be a delimiter is offered to the levels from the outermost to the
/// innermost, so that every byte is looked at once however deep the nesting.
/// </summary>
internal sealed class MimeParser : IDisposable
{
    private readonly TreeBuilder _tree = new();
    private readonly ByteBuffer _candidate = new();
    private bool _isText;
    private Line _line;

    /// <summary>Set as soon as the message is known to be impossible to store.</summary>
    public MessageFault Fault => _tree.Fault;

    /// <summary>
    /// Up to where the received bytes certainly belong to the bodies being received: the break before a line may turn
    /// out to belong to a delimiter, and so may the beginning of a line.
    /// </summary>
    public long CertainEnd => _isText ? _line.End : _line.Start - _line.Before.Length;

    /// <summary>Whether a line of a body begins here, so that <see cref="TakeRun"/> may be called.</summary>
    public bool TakesRuns => _line.Length == 0 && !_tree.InHeader;

    /// <inheritdoc cref="TreeBuilder.Begin"/>
    public void Begin(MessageIndexerOptions options, MimeTree tree)
    {
        _isText = false;
        _line = default;
        _tree.Begin(options, tree);
    }

    /// <inheritdoc cref="TreeBuilder.Forget"/>
    public void Forget()
    {
        _candidate.Dispose();
        _tree.Forget();
    }

    /// <summary>Takes the whole lines at the beginning of some bytes that need no looking at one by one.</summary>
    /// <returns>Their bytes; 0 when the first line has to be looked at.</returns>
    public int TakeRun(ReadOnlySpan<byte> bytes)
    {
        var run = LineRun.Find(bytes, _tree);
        if (run.Length > 0)
        {
            Run(bytes[..run.Length], run);
        }

        return run.Length;
    }

    /// <summary>Takes breaks of one CR each, where <see cref="TakesRuns"/>: the lines that they end are empty.</summary>
    public void CarriageReturns(int count)
    {
        var last = new Line
        {
            Start = _line.Start + count - 1,
            Number = _line.Number + count - 1,
            BareLineFeeds = _line.BareLineFeeds,
            Before = count == 1 ? _line.Before : LineBreak.CarriageReturnOnly,
            After = LineBreak.CarriageReturnOnly,
        };
        _tree.EmptyLines(count, last);
        _line = last.Next();
    }

    private void Run(ReadOnlySpan<byte> lines, in LineRun run)
    {
        var after = LineBreak.At(lines, lines.Length);
        var end = lines.Length - after.Length;
        var start = lines[..end].LastIndexOfAny((byte)'\r', (byte)'\n') + 1;
        var line = new Line
        {
            Start = _line.Start + start,
            Length = end - start,
            Number = _line.Number + run.Lines - 1,
            BareLineFeeds = _line.BareLineFeeds + run.BareLineFeeds - (after.IsBareLineFeed ? 1 : 0),
            Before = start == 0 ? _line.Before : LineBreak.At(lines, start),
            After = after,
        };
        _tree.Run(lines, run.Lines, line);
        _line = line.Next();
    }

    /// <summary>Takes the rest of the current line, perhaps all of it, with its end.</summary>
    public void Line(ReadOnlySpan<byte> text, LineBreak lineBreak, in ReceivedBytes received)
    {
        if (_line.Length > 0)
        {
            if (!text.IsEmpty)
            {
                Text(text);
            }

            EndLine(lineBreak, received);
            return;
        }

        _line.Length = text.Length;
        _line.After = lineBreak;
        if (text.IsEmpty || !_tree.MayBeDelimiter(text) || !_tree.TryDelimiter(text, _line, received))
        {
            if (!text.IsEmpty)
            {
                _tree.Text(text);
            }

            _tree.EndLine(_line);
        }

        _line = _line.Next();
    }

    /// <summary>Takes a piece, not empty, of the current line.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        _line.Length += text.Length;
        if (_isText)
        {
            _tree.Text(text);
        }
        else if (_candidate.Length == 0 && !_tree.MayBeDelimiter(text))
        {
            _isText = true;
            _tree.Text(text);
        }
        else
        {
            _candidate.Append(text);
            if (!_tree.MayBeDelimiter(_candidate.Bytes))
            {
                _isText = true;
                _tree.Text(_candidate.Bytes);
                _candidate.Clear();
            }
        }
    }

    /// <summary>The current line has ended.</summary>
    /// <param name="lineBreak">How; the default value at the end of the message.</param>
    /// <param name="received">Bytes received that no digest has seen yet.</param>
    public void EndLine(LineBreak lineBreak, in ReceivedBytes received)
    {
        _line.After = lineBreak;
        if (_candidate.Length == 0)
        {
            _tree.EndLine(_line);
        }
        else
        {
            if (!_tree.TryDelimiter(_candidate.Bytes, _line, received))
            {
                _tree.Text(_candidate.Bytes);
                _tree.EndLine(_line);
            }

            _candidate.Clear();
        }

        _isText = false;
        _line = _line.Next();
    }

    /// <summary>Gives the digests of the bodies being received what certainly belongs to them.</summary>
    public void Feed(in ReceivedBytes received) => _tree.Feed(received, CertainEnd);

    /// <summary>The message ends with the line that is being received.</summary>
    public void Complete(in ReceivedBytes received)
    {
        EndLine(default, received);
        _tree.Complete(received);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _candidate.Dispose();
        _tree.Dispose();
    }
}
