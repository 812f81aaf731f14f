using System.Buffers;

namespace Lmtp.Server.Mime;

/// <summary>
/// The words of one kind in an entry of an address list, each perhaps put together from pieces with nothing between
/// them. They stand in one buffer with spaces between them, so that words that nobody will take apart are counted as one:
/// millions of them take no more room than their text.
/// </summary>
/// <param name="mayHoldAddress">Whether addresses are taken out of words that are not quoted.</param>
/// <param name="alone">How many words at the beginning remain words of their own.</param>
internal sealed class AddressWords(bool mayHoldAddress = true, int alone = 0) : IDisposable
{
    private const int FirstWords = 16;

    private readonly TextBuffer _text = new();
    private Word[] _words = [];

    // The text is that of all words with spaces between them, none of them having been changed or taken out.
    private bool _isWhole = true;

    /// <summary>A word, or several that are settled.</summary>
    /// <param name="Text">Where it stands.</param>
    /// <param name="IsQuoted">Whether it began as a quoted one.</param>
    /// <param name="IsSettled">Whether no address will be taken out of it.</param>
    private record struct Word(TextRange Text, bool IsQuoted, bool IsSettled);

    /// <summary>The number of words.</summary>
    public int Count { get; private set; }

    /// <summary>A word.</summary>
    public ReadOnlySpan<char> this[int index] => _text[_words.AsSpan(0, Count)[index].Text];

    /// <summary>All words with spaces between them; empty when words were changed or taken out.</summary>
    public ReadOnlySpan<char> Whole => _isWhole ? _text.Text : [];

    /// <summary>Whether any of the words stood in quotes.</summary>
    public bool AnyQuoted { get; private set; }

    /// <summary>Adds a word.</summary>
    public void Add(ReadOnlySpan<char> text, bool isQuoted)
    {
        JoinLast();
        if (Count == _words.Length)
        {
            Grow();
        }

        ref var word = ref _words[Count];
        word.Text = _text.AppendWord(text, isSeparated: Count > 0);
        word.IsQuoted = isQuoted;
        word.IsSettled = isQuoted || !mayHoldAddress || AddressSearch.IndexOf(text, '@') < 0;
        Count++;
        AnyQuoted |= isQuoted;
    }

    /// <summary>Lets the last word go on.</summary>
    public void AppendToLast(ReadOnlySpan<char> text)
    {
        _text.AppendWord(text, isSeparated: false);
        ref var last = ref _words[Count - 1];
        last.Text = _text.Since(last.Text.Start);
        last.IsSettled = last.IsSettled && (last.IsQuoted || AddressSearch.IndexOf(text, '@') < 0);
    }

    /// <summary>Takes an address out of words that are not quoted: a whole word, or else something in a word; null for none.</summary>
    public string? TakeAddress()
    {
        if (!_text.Text.Contains('@'))
        {
            return null;
        }

        for (var index = Count - 1; index >= 0; index--)
        {
            if (!_words[index].IsSettled && AddressSpec.IsStrict(this[index]))
            {
                var address = this[index].ToString();
                _isWhole = false;
                _words.AsSpan(index + 1, Count - index - 1).CopyTo(_words.AsSpan(index));
                Count--;
                return address;
            }
        }

        for (var index = Count - 1; index >= 0; index--)
        {
            if (!_words[index].IsSettled && TakeAddress(ref _words[index]) is { } address)
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>The words from one on with spaces between them.</summary>
    public void AppendTo(TextBuffer text, int first = 0)
    {
        if (_isWhole && first < Count)
        {
            text.Append(first == 0 ? _text.Text : _text.Text[(_words[first].Text.Start - 1)..]);
            return;
        }

        for (var index = first; index < Count; index++)
        {
            if (index > 0)
            {
                text.Append(' ');
            }

            text.Append(this[index]);
        }
    }

    /// <summary>Forgets all words.</summary>
    public void Clear()
    {
        _text.Clear();
        Count = 0;
        AnyQuoted = false;
        _isWhole = true;
    }

    /// <summary>Gives the memory back; there are no words then.</summary>
    public void Dispose()
    {
        _text.Dispose();
        Return();
        _words = [];
        Clear();
    }

    /// <summary>Takes an address out of a word; what is left is trimmed in any case.</summary>
    private string? TakeAddress(ref Word word)
    {
        _isWhole = false;
        var text = _text.Tail(0).Slice(word.Text.Start, word.Text.Length);
        if (!AddressSpec.TryFind(text, out var address, out var cut))
        {
            word = word with { Text = _text.Trim(word.Text) };
            return null;
        }

        // One space takes the place of at least three characters.
        var found = text[address].ToString();
        var (start, length) = cut.GetOffsetAndLength(text.Length);
        text[start] = ' ';
        text[(start + length)..].CopyTo(text[(start + 1)..]);
        word = word with { Text = _text.Trim(new TextRange(word.Text.Start, text.Length - length + 1)) };
        return found;
    }

    /// <summary>The last word is complete; where it and the one before it are settled, they are one from now on.</summary>
    private void JoinLast()
    {
        if (Count > alone + 1 && _words[Count - 1].IsSettled && _words[Count - 2].IsSettled)
        {
            Count--;
            ref var joined = ref _words[Count - 1];
            joined.Text = joined.Text with { Length = _words[Count].Text.End - joined.Text.Start };
        }
    }

    private void Grow()
    {
        var grown = ArrayPool<Word>.Shared.Rent(Math.Max(FirstWords, Count * 2));
        _words.AsSpan(0, Count).CopyTo(grown);
        Return();
        _words = grown;
    }

    private void Return()
    {
        if (_words.Length > 0)
        {
            ArrayPool<Word>.Shared.Return(_words);
        }
    }
}
