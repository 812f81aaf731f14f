namespace Lmtp.Server.Mime;

/// <summary>One entry of an address list while its pieces come in, and what becomes of them.</summary>
internal sealed class AddressEntry : IDisposable
{
    [ThreadStatic]
    private static AddressEntry? _idle;

    private readonly AddressWords _phrase = new();
    private readonly AddressWords _bracket = new(mayHoldAddress: false, alone: 2);
    private readonly AddressWords _comment = new();
    private AddressTable? _members;
    private bool _isGroup;
    private AddressPart _closed;
    private bool _isFollowed;
    private bool _isEmpty;
    private int _depth;

    /// <summary>What is open.</summary>
    public AddressPart Part { get; private set; }

    /// <summary>Whether there is an entry at all; an empty pair of brackets is one.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>An entry that has not begun.</summary>
    /// <param name="depth">How many groups it stands in.</param>
    public static AddressEntry Rent(int depth)
    {
        var entry = _idle ?? new AddressEntry();
        _idle = null;
        entry._depth = depth;
        return entry;
    }

    /// <summary>Leaves an entry, finished or not, to the next list.</summary>
    public void Dispose()
    {
        Reset();
        _phrase.Dispose();
        _bracket.Dispose();
        _comment.Dispose();
        _idle = this;
    }

    /// <summary>A part begins.</summary>
    public void Open(AddressPart part)
    {
        Part = part;
        HasBegun = true;
        _isFollowed = false;
        _isEmpty = true;
        _isGroup |= part == AddressPart.Group;
    }

    /// <summary>The part that is open ends.</summary>
    /// <param name="isFollowed">Whether something follows directly, without anything that separates.</param>
    public void Close(bool isFollowed)
    {
        _closed = Part;
        _isFollowed = isFollowed;
        Part = AddressPart.Phrase;
    }

    /// <summary>Takes a piece, not empty, of the part that is open.</summary>
    public void Add(ReadOnlySpan<char> piece)
    {
        switch (Part)
        {
            case AddressPart.Group:
                AddMembers(piece);
                break;
            case AddressPart.Bracket:
                // What stands before a second opening bracket is display text gone astray.
                var stray = piece.IndexOf('<');
                _bracket.Add(stray < 0 ? piece : piece[(stray + 1)..].TrimStart(Whitespace.Set), isQuoted: false);
                break;
            case AddressPart.Comment:
                _comment.Add(piece, isQuoted: false);
                break;
            case AddressPart.QuotedString:
                _phrase.Add(piece, isQuoted: true);
                break;
            default:
                AddToPhrase(piece);
                break;
        }

        HasBegun = true;
        _isEmpty = _isFollowed = false;
    }

    /// <summary>The entry has ended; another one may begin.</summary>
    public void Finish(ref AddressList list)
    {
        Add(ref list);
        Reset();
    }

    private void Reset()
    {
        _phrase.Clear();
        _bracket.Clear();
        _comment.Clear();
        _members?.Dispose();
        _members = null;
        _isGroup = false;
        Part = AddressPart.Phrase;
        HasBegun = _isFollowed = _isEmpty = false;
    }

    private void Add(ref AddressList list)
    {
        using var scratch = new ScratchText();
        var words = _phrase.Count > 0 ? _phrase : _comment;
        if (_isGroup)
        {
            list.AddGroup(Join(words, scratch.Buffer), _members);
            return;
        }

        var taken = _bracket.Count > 0 ? null : words.TakeAddress();
        ReadOnlySpan<char> address = _bracket.Count > 0 ? _bracket[0] : taken;
        if (words.Count == 0)
        {
            words = _comment;
        }

        var isQuoted = _bracket.Count == 0 && taken is null && words.AnyQuoted;
        var name = Join(words, scratch.Buffer);
        if (isQuoted && name.Contains('@'))
        {
            address = AddressSpec.QuoteLocalPart(name.ToString());
            name = "";
        }

        AddSettled(ref list, address, name);
    }

    /// <summary>Text goes on with the word before a part that just ended, unless something separates them.</summary>
    private void AddToPhrase(ReadOnlySpan<char> piece)
    {
        if (_isFollowed && _phrase.Count > 0 && (_closed != AddressPart.Comment || MayGoOnBehindComment(piece)))
        {
            _phrase.AppendToLast(piece);
            return;
        }

        // Of an empty quoted string nothing but its two quotes is left; it still makes a quoted word.
        _phrase.Add(piece, _isFollowed && _isEmpty && _closed == AddressPart.QuotedString);
    }

    /// <summary>A comment may stand inside an address beside the @, but must not make one word of two.</summary>
    private bool MayGoOnBehindComment(ReadOnlySpan<char> piece) => _phrase[_phrase.Count - 1] is [.., '@'] || piece[0] == '@';

    private void AddMembers(ReadOnlySpan<char> list)
    {
        using var parsed = new AddressTable();
        AddressParser.Parse(list, parsed, depth: _depth + 1);
        _members ??= new AddressTable();
        for (var index = 0; index < parsed.Count; index++)
        {
            // The members of a group in the group become its own.
            if (!parsed[index].IsGroup)
            {
                _members.Copy(parsed, index);
            }
        }
    }

    private static void AddSettled(ref AddressList list, ReadOnlySpan<char> address, ReadOnlySpan<char> name)
    {
        if (address.Contains('@') && address.ContainsAny(Whitespace.Characters))
        {
            var (found, text) = (address.ToString(), name.ToString());
            AddressSpec.Recover(ref found, ref text);
            address = found;
            name = text;
        }

        var display = name.IsEmpty ? address : name;
        address = address.IsEmpty ? name : address;
        if (!address.SequenceEqual(display))
        {
            list.Add(display, address);
        }
        else if (address.Contains('@'))
        {
            list.Add("", address);
        }
        else
        {
            list.Add(display, "");
        }
    }

    /// <summary>The words, and behind them those in angle brackets that are not the address, with spaces between them.</summary>
    private ReadOnlySpan<char> Join(AddressWords words, TextBuffer joined)
    {
        var isBracketed = !_isGroup && _bracket.Count > 1;
        if (words.Count == 0 && !isBracketed)
        {
            return [];
        }

        if (!isBracketed && words.Whole is { IsEmpty: false } whole)
        {
            return whole;
        }

        words.AppendTo(joined);
        if (isBracketed)
        {
            if (words.Count == 0)
            {
                joined.Append(_bracket[1]);
            }

            _bracket.AppendTo(joined, words.Count == 0 ? 2 : 1);
        }

        return joined.Text;
    }
}
