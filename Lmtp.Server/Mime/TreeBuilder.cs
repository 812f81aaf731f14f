namespace Lmtp.Server.Mime;

/// <summary>Builds the MIME tree from lines; of one message after the other.</summary>
internal sealed class TreeBuilder : IDisposable
{
    private const int LevelOfTopNode = 2;

    // Messages in messages are attachments in attachments, of which all would have to digest every byte. Those that lie
    // deeper are digested when the message is complete, if they turn out to be looked into at all.
    private const int MaxDigestedLevels = 2;

    private readonly List<MessageLevel> _levels = [];
    private readonly OpenNodes _open = new();
    private readonly BodyDigests _digests = new();
    private readonly DelimiterFilter _filter = new();
    private MimeTree _tree = null!;
    private HeaderCollector _headers = null!;
    private DocumentBudget _budget;
    private int _longestDelimiter;
    private Line _lastText;

    /// <summary>Set as soon as the message is known to be impossible to store.</summary>
    public MessageFault Fault => _budget.Fault;

    private MessageLevel Innermost => _levels[^1];

    /// <summary>A message begins.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="tree">Receives the nodes.</param>
    public void Begin(MessageIndexerOptions options, MimeTree tree)
    {
        _tree = tree;
        _headers = tree.Headers;
        _budget = new DocumentBudget(options);
        _longestDelimiter = 0;
        _lastText = new Line { Number = -1 };
        _filter.Reset();
        _levels.Add(new MessageLevel(_open.Begin(tree, tree.Add(LevelOfTopNode), null, isWalked: true), owner: null));
    }

    /// <summary>Forgets the message, finished or not.</summary>
    public void Forget()
    {
        foreach (var level in _levels)
        {
            level.Current.Digest?.Dispose();
            for (var open = level.Current; open is not null;)
            {
                var parent = open.Parent;
                _open.Return(open);
                open = parent;
            }
        }

        _levels.Clear();
        _tree = null!;
        _headers = null!;
    }

    /// <summary>Whether a line that begins so may turn out to be a delimiter.</summary>
    public bool MayBeDelimiter(ReadOnlySpan<byte> text)
    {
        if (text[0] != '-' || (text.Length > 1 && text[1] != '-'))
        {
            return false;
        }

        return text.Length <= _longestDelimiter && (_levels.Count > 1 || !Innermost.Current.InHeader);
    }

    /// <summary>Whether the next line belongs to a header.</summary>
    public bool InHeader => Innermost.Current.InHeader;

    /// <summary>The length of the longest delimiter so far; no longer line can be one.</summary>
    public int LongestDelimiter => _longestDelimiter;

    /// <summary>Whether a line, two hyphens at its beginning, is a delimiter, as good as certainly.</summary>
    public bool HasDelimiter(ReadOnlySpan<byte> line) => _filter.MayMatch(line, _levels);

    /// <summary>Takes whole empty lines of a body, each ending in a CR.</summary>
    public void EmptyLines(int count, in Line last)
    {
        _lastText = last;
        var shape = Innermost.Current.Base64Shape;
        shape?.EndLine(crlf: false);
        if (count > 1)
        {
            shape?.EndLine(crlf: false);
        }
    }

    /// <summary>Takes whole lines of a body, none of them a delimiter.</summary>
    public void Run(ReadOnlySpan<byte> lines, int count, in Line last)
    {
        _lastText = last;
        Innermost.Current.Base64Shape?.Lines(lines, count);
    }

    /// <summary>Takes a piece of a line that is not a delimiter.</summary>
    public void Text(ReadOnlySpan<byte> text)
    {
        var current = Innermost.Current;
        if (current.InHeader)
        {
            _headers.Append(text);
            _budget.CheckSize(_headers);
        }
        else
        {
            current.Base64Shape?.Text(text);
        }
    }

    /// <summary>A line that is not a delimiter has ended.</summary>
    public void EndLine(in Line line)
    {
        _lastText = line;
        var current = Innermost.Current;
        if (!current.InHeader)
        {
            current.Base64Shape?.EndLine(line.After == LineBreak.CrLf || line.After.IsBareLineFeed);
        }
        else if (line.Length > 0)
        {
            _headers.EndLine();
        }
        else
        {
            EndHeader(current, line.Next());
        }
    }

    /// <summary>Acts upon a line if it is a delimiter.</summary>
    public bool TryDelimiter(ReadOnlySpan<byte> text, in Line line, in ReceivedBytes received)
    {
        if (!_filter.MayMatch(text, _levels) || !ActOnDelimiter(text, line, received))
        {
            return false;
        }

        // To the messages around the one that it delimits, it is text.
        _lastText = line;
        _filter.Reset();
        return true;
    }

    private bool ActOnDelimiter(ReadOnlySpan<byte> text, in Line line, in ReceivedBytes received)
    {
        for (var depth = 0; depth < _levels.Count; depth++)
        {
            var level = _levels[depth];
            var current = level.Current;
            if (current.InHeader)
            {
                continue;
            }

            if (current.Parent?.Delimiter is { } enclosing)
            {
                var opens = text.SequenceEqual(enclosing.Open);
                if (opens || text.SequenceEqual(enclosing.Close))
                {
                    EndPart(depth, opens, line, received);
                    return true;
                }
            }

            if (current.Delimiter is { } own && text.SequenceEqual(own.Open))
            {
                EndText(current, received);
                BeginPart(level, current);
                return true;
            }
        }

        return false;
    }

    /// <summary>Ends the part that takes the lines of a level.</summary>
    private void EndPart(int depth, bool opensNext, in Line line, in ReceivedBytes received)
    {
        EndLevelsBelow(depth, isDelimited: true, received);
        var level = _levels[depth];
        var part = level.Current;
        var multipart = part.Parent!;
        EndText(part, received);
        _open.Return(part);
        if (opensNext)
        {
            BeginPart(level, multipart);
        }
        else
        {
            level.Current = multipart;
            multipart.BeginText(line.Next());
        }
    }

    /// <summary>Gives the digests of the bodies being received the bytes before <paramref name="certainEnd"/>.</summary>
    public void Feed(in ReceivedBytes received, long certainEnd)
    {
        foreach (var level in _levels)
        {
            if (level.Current.Digest is { } digest)
            {
                received.Feed(digest, certainEnd);
            }
        }
    }

    /// <summary>The message has ended.</summary>
    public void Complete(in ReceivedBytes received)
    {
        EndLevelsBelow(-1, isDelimited: false, received);
        FinishBodies(new MimeNode(_tree, 0));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        _digests.Dispose();
    }

    private void EndHeader(OpenNode open, in Line first)
    {
        open.EndHeader();
        _budget.CountHeader(open.Node, _headers);
        open.BeginText(first);
        _longestDelimiter = Math.Max(_longestDelimiter, open.Delimiter?.Close.Length ?? 0);
        _filter.Reset();
        if (open.IsWalked && ContentKind.IsAttachment(open.Node))
        {
            open.Digest = _levels.Count <= MaxDigestedLevels ? _digests.Begin(first.Start) : null;
            if (ContentKind.IsBase64(open.Node) && !open.HoldsMessage)
            {
                open.Watch();
            }
        }

        if (open.HoldsMessage)
        {
            BeginMessage(open);
        }
    }

    private void BeginMessage(OpenNode owner)
    {
        var top = NewNode(owner.Node.Record.Level + 1);
        _levels.Add(new MessageLevel(_open.Begin(_tree, top, null, isWalked: false), owner));
    }

    private void BeginPart(MessageLevel level, OpenNode parent)
    {
        var part = NewNode(parent.Node.Record.Level + 2);
        _tree.AddChild(parent.Number, part);
        level.Current = _open.Begin(_tree, part, parent, level.PartsAreWalked);
    }

    private int NewNode(int level)
    {
        _budget.CountNode(level, _headers);
        return _tree.Add(level);
    }

    /// <summary>Ends the messages inside the current node of a level.</summary>
    /// <param name="depth">The level that stays.</param>
    /// <param name="isDelimited">Whether a delimiter of that level ended them.</param>
    /// <param name="received">Bytes received that no digest has seen yet.</param>
    private void EndLevelsBelow(int depth, bool isDelimited, in ReceivedBytes received)
    {
        while (_levels.Count > depth + 1)
        {
            var level = Innermost;
            if (level.Current.InHeader)
            {
                // Its body is empty; where it should hold a message, that message is an empty one.
                EndHeader(level.Current, _lastText.Next());
                continue;
            }

            EndText(level.Current, received);
            _levels.RemoveAt(_levels.Count - 1);

            // A part that was not ended by a delimiter is not looked into; only the top node always is.
            if (level.Owner is { } owner && (owner.Parent is null || (isDelimited && _levels.Count == depth + 1)))
            {
                _tree[owner.Number].Message = level.Top.Number;
            }
        }
    }

    private void EndText(OpenNode open, in ReceivedBytes received)
    {
        open.EndText(_lastText);
        if (open.Digest is { } digest)
        {
            received.Feed(digest, _lastText.End);
            ref var record = ref _tree[open.Number];
            digest.Finish(record.Sha256);
            record.IsDigested = true;
            if (open.Node.Body.Length > 0 && _levels.Count == 1)
            {
                _budget.CountAttachment(_headers);
            }

            open.Digest = null;
            _digests.Return(digest);
        }
    }

    /// <summary>Ends the texts of multiparts with a line break; nodes are never nested deeper than documents may be.</summary>
    private static void FinishBodies(MimeNode node)
    {
        node.Record.Body.EndsWithLineBreak = !string.IsNullOrEmpty(node.Multipart);
        foreach (var part in node.Children)
        {
            FinishBodies(part);
        }

        if (node.Message is { } message)
        {
            FinishBodies(message);
        }
    }
}
