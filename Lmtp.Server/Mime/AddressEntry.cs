using System.Runtime.InteropServices;

namespace Lmtp.Server.Mime;

/// <summary>One entry of an address list while its pieces come in, and what becomes of them.</summary>
internal sealed class AddressEntry
{
    private const int MaxIdleWords = 64;

    [ThreadStatic]
    private static AddressEntry? _idle;


    private readonly List<AddressWord> _phrase = [];
    private readonly List<AddressWord> _bracket = [];
    private readonly List<AddressWord> _comment = [];
    private List<MailAddress>? _members;
    private AddressPart _closed;
    private bool _isFollowed;
    private bool _isEmpty;
    private int _depth;

    /// <summary>An entry that has not begun.</summary>
    /// <param name="depth">How many groups it stands in.</param>
    public static AddressEntry Rent(int depth)
    {
        var entry = _idle ?? new AddressEntry();
        _idle = null;
        entry._depth = depth;
        return entry;
    }

    /// <summary>Leaves an entry that is finished to the next list.</summary>
    public void Return()
    {
        if (_phrase.Capacity + _bracket.Capacity + _comment.Capacity <= MaxIdleWords)
        {
            _idle = this;
        }
    }

    /// <summary>What is open.</summary>
    public AddressPart Part { get; private set; }

    /// <summary>Whether there is an entry at all; an empty pair of brackets is one.</summary>
    public bool HasBegun { get; private set; }

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
                _bracket.Add(new AddressWord((stray < 0 ? piece : piece[(stray + 1)..].TrimStart(Whitespace.Set)).ToString(), isQuoted: false));
                break;
            case AddressPart.Comment:
                _comment.Add(new AddressWord(piece.ToString(), isQuoted: false));
                break;
            case AddressPart.QuotedString:
                _phrase.Add(new AddressWord(piece.ToString(), isQuoted: true));
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
        _phrase.Clear();
        _bracket.Clear();
        _comment.Clear();
        _members = null;
        Part = AddressPart.Phrase;
        HasBegun = _isFollowed = _isEmpty = false;
        return address;
    }

    private MailAddress ToAddress()
    {
        if (_members is not null)
        {
            return new MailAddress(Join(_phrase.Count > 0 ? _phrase : _comment), "", _members);
        }

        var bracket = _bracket.Count > 0 ? _bracket[0].Text : null;
        var words = _phrase.Count > 0 ? _phrase : _comment;
        var address = bracket ?? FindAddress(words);
        if (words.Count == 0)
        {
            words = _comment;
        }

        var isQuoted = address is null && words.Exists(static word => word.IsQuoted);
        var name = Join(_bracket.Count > 1 ? [.. words, .. _bracket.Skip(1)] : words);
        if (isQuoted && name.Length > 0)
        {
            (address, name) = (AddressSpec.QuoteLocalPart(name), "");
        }

        return Settle(address ?? "", name);
    }

    /// <summary>Text goes on with the word before a part that just ended, unless something separates them.</summary>
    private void AddToPhrase(ReadOnlySpan<char> piece)
    {
        if (_isFollowed && _phrase.Count > 0 && (_closed != AddressPart.Comment || _phrase[^1].MayGoOnBehindComment(piece)))
        {
            CollectionsMarshal.AsSpan(_phrase)[^1].Append(piece);
            return;
        }

        // Of an empty quoted string nothing but its two quotes is left; it still makes a quoted word.
        _phrase.Add(new AddressWord(piece.ToString(), _isFollowed && _isEmpty && _closed == AddressPart.QuotedString));
    }

    private void AddMembers(ReadOnlySpan<char> list)
    {
        var parsed = new List<MailAddress>();
        AddressParser.Parse(list, _depth + 1, parsed);
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
        var result = new MailAddress(name.Length > 0 ? name : address, address.Length > 0 ? address : name);
        if (result.Address != result.Name)
        {
            return result;
        }

        return result.Address.Contains('@', StringComparison.Ordinal)
            ? result with { Name = "" }
            : result with { Address = "" };
    }

    /// <summary>Takes an address out of words that are not quoted: a whole word, or else something in a word.</summary>
    private static string? FindAddress(List<AddressWord> words)
    {
        var whole = words.FindLastIndex(static word => !word.IsQuoted && AddressSpec.IsStrict(word.Text));
        if (whole >= 0)
        {
            var address = words[whole].Text;
            words.RemoveAt(whole);
            return address;
        }

        for (var index = words.Count - 1; index >= 0; index--)
        {
            if (words[index].IsQuoted)
            {
                continue;
            }

            var found = AddressSpec.TryFind(words[index].Text, out var address, out var rest);
            words[index] = new AddressWord(rest, isQuoted: false);
            if (found)
            {
                return address;
            }
        }

        return null;
    }

    private static string Join(List<AddressWord> words) =>
        words.Count == 1 ? words[0].Text : string.Join(' ', words.Select(static word => word.Text));
}
