namespace Lmtp.Server.Mime;

/// <summary>One entry of an address list while its pieces come in, and what becomes of them.</summary>
internal sealed class AddressEntry : IDisposable
{
    [ThreadStatic]
    private static AddressEntry? _idle;

    private readonly AddressWords _phrase = new();
    private readonly AddressWords _bracket = new();
    private readonly AddressWords _comment = new();
    private List<MailAddress>? _members;
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
        if (part == AddressPart.Group)
        {
            _members ??= [];
        }
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
    public MailAddress Finish()
    {
        var address = ToAddress();
        Reset();
        return address;
    }

    private void Reset()
    {
        _phrase.Clear();
        _bracket.Clear();
        _comment.Clear();
        _members = null;
        Part = AddressPart.Phrase;
        HasBegun = _isFollowed = _isEmpty = false;
    }

    private MailAddress ToAddress()
    {
        var words = _phrase.Count > 0 ? _phrase : _comment;
        if (_members is not null)
        {
            return new MailAddress(Join(words), "", _members);
        }

        var address = _bracket.Count > 0 ? _bracket[0].ToString() : words.TakeAddress();
        if (words.Count == 0)
        {
            words = _comment;
        }

        var isQuoted = address is null && words.AnyQuoted;
        var name = Join(words);
        if (isQuoted && name.Length > 0)
        {
            (address, name) = (AddressSpec.QuoteLocalPart(name), "");
        }

        return Settle(address ?? "", name);
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
        var parsed = new List<MailAddress>();
        AddressParser.Parse(list, parsed, depth: _depth + 1);
        foreach (var member in parsed)
        {
            if (member.Group is null)
            {
                _members!.Add(member);
            }
            else
            {
                _members!.AddRange(member.Group);
            }
        }
    }

    private static MailAddress Settle(string address, string name)
    {
        AddressSpec.Recover(ref address, ref name);
        (name, address) = (name.Length > 0 ? name : address, address.Length > 0 ? address : name);
        return address != name ? new MailAddress(name, address)
            : address.Contains('@', StringComparison.Ordinal) ? new MailAddress("", address)
            : new MailAddress(name, "");
    }

    /// <summary>The words, and behind them those in angle brackets that are not the address, with spaces between them.</summary>
    private string Join(AddressWords words)
    {
        var isBracketed = _members is null && _bracket.Count > 1;
        if (words.Count == 0 && !isBracketed)
        {
            return "";
        }

        if (words.Count == 1 && !isBracketed)
        {
            return words[0].ToString();
        }

        using var scratch = new ScratchText();
        words.AppendTo(scratch.Buffer);
        if (isBracketed)
        {
            if (words.Count == 0)
            {
                scratch.Buffer.Append(_bracket[1]);
            }

            _bracket.AppendTo(scratch.Buffer, words.Count == 0 ? 2 : 1);
        }

        return scratch.Buffer.ToString();
    }
}
