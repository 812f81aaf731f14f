namespace Lmtp.Server.Mime;

/// <summary>
/// Decodes the encoded words of a text from its beginning to its end, each character looked at once. Neighbouring words of
/// one encoding and charset are decoded as one, and white space between neighbours is dropped.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="decoded">Receives the decoded text.</param>
/// <param name="enough">How many characters are wanted; what stands behind them may be left out.</param>
/// <param name="mayOverlap">Whether words that begin inside of other ones are to be reported rather than passed over.</param>
internal ref struct EncodedWordReader(ReadOnlySpan<char> text, TextBuffer decoded, int enough, bool mayOverlap)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly int _start = decoded.Length;
    private int _copied;
    private bool _overlaps;

    /// <summary>Decodes the text.</summary>
    /// <returns>False, with nothing decoded, when there are words in words.</returns>
    public bool TryDecode()
    {
        using var joined = new ScratchText();
        for (var position = EncodedWord.Next(_text, 0); position >= 0 && decoded.Length - _start < enough;)
        {
            if (!EncodedWord.TryRead(_text, position, out var word))
            {
                position = EncodedWord.Next(_text, position + 1);
                continue;
            }

            CopyUpTo(position);
            Join(word, joined.Buffer);
            if (_overlaps)
            {
                decoded.CutAt(_start);
                return false;
            }

            Decode(word, joined.Buffer.Text);
            position = EncodedWord.Next(_text, _copied);
        }

        if (decoded.Length - _start < enough)
        {
            decoded.Append(_text[_copied..]);
        }

        return true;
    }

    /// <summary>Takes what stands before a word, but not the white space between it and a word before it.</summary>
    private void CopyUpTo(int position)
    {
        var between = _text[_copied..position];
        if (_copied == 0 || !Whitespace.Trim(between).IsEmpty)
        {
            decoded.Append(between);
        }
    }

    /// <summary>Joins the text of a word with those behind it that belong to it.</summary>
    private void Join(EncodedWord word, TextBuffer joined)
    {
        joined.Clear();
        joined.Append(word.Text(_text));
        _copied = word.End;
        _overlaps = mayOverlap && HoldsBeginning(word);
        while (joined.Length < enough
            && !_overlaps
            && EncodedWord.TryRead(_text, EncodedWord.AfterSpaces(_text, _copied), out var next)
            && next.IsLike(word, _text))
        {
            joined.Append(next.Text(_text));
            _copied = next.End;
            _overlaps = mayOverlap && HoldsBeginning(next);
            word = next;
        }
    }

    private readonly void Decode(EncodedWord first, ReadOnlySpan<char> joined)
    {
        var charset = first.Charset(_text);
        if (EncodedWord.IsCharsetName(charset))
        {
            EncodedWord.Decode(charset, first.Encoding, joined, decoded);
            return;
        }

        decoded.Append(_text[first.Start..first.TextStart]);
        decoded.Append(joined);
        decoded.Append("?=");
    }

    /// <summary>Whether another word begins in this one: with the end of its charset, of its text, or of all of it.</summary>
    private readonly bool HoldsBeginning(EncodedWord word) =>
        (_text[word.CharsetEnd - 1] == '=' && EncodedWord.TryRead(_text, word.CharsetEnd - 1, out _))
        || (_text[word.End - 3] == '=' && EncodedWord.TryRead(_text, word.End - 3, out _))
        || EncodedWord.TryRead(_text, word.End - 1, out _);
}
