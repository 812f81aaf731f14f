using System.Text;

namespace Lmtp.Server.Mime.Html;

/// <summary>Fills lines with words and wraps between words.</summary>
internal sealed class InlineTextBuilder
{
    // A word longer than a line is cut at an option that nobody set; in the original, its text is this.
    private const string Cut = "undefined";

    private readonly StringBuilder _text = new();
    private int _available;
    private int _words;
    private int _lastWord;

    /// <summary>Starts without any text.</summary>
    /// <param name="maxLineLength">The length after which lines are wrapped.</param>
    public InlineTextBuilder(int maxLineLength)
    {
        MaxLineLength = maxLineLength;
        _available = maxLineLength;
    }

    public int MaxLineLength { get; }

    /// <summary>White space was read behind the last word.</summary>
    public bool HasPendingSpace { get; set; }

    /// <summary>The line may be broken before what follows, even inside a word.</summary>
    public bool MayBreak { get; set; }

    public bool IsEmpty => _text.Length == 0;

    /// <summary>Adds a word.</summary>
    public void Push(ReadOnlySpan<char> word)
    {
        if (_available <= 0)
        {
            StartLine(1);
        }

        var cost = word.Length + (_words == 0 ? 0 : 1);
        if (cost <= _available)
        {
            if (_words > 0)
            {
                _text.Append(' ');
            }

            Place(word);
            _available -= cost;
        }
        else
        {
            PushLong(word);
        }
    }

    /// <summary>Adds text to the last word, or begins a line with it.</summary>
    public void Concat(ReadOnlySpan<char> word)
    {
        if (MayBreak && word.Length > _available)
        {
            Push(word);
            MayBreak = false;
            return;
        }

        if (_words == 0)
        {
            Push(word);
            return;
        }

        var length = _text.Length - _lastWord;
        if (word.Length <= _available || (_words == 1 && length >= MaxLineLength))
        {
            _text.Append(word);
            _available -= word.Length;
            return;
        }

        // The word is taken back and added again together with what belongs to it.
        var whole = string.Concat(_text.ToString(_lastWord, length), word);
        _words--;
        _text.Length = _words > 0 ? _lastWord - 1 : _lastWord;
        _available += length + (_words > 0 ? 1 : 0);
        Push(whole);
    }

    /// <summary>Ends the line, and adds empty ones when more than one is asked for.</summary>
    public void StartLine(int count)
    {
        _text.Append('\n', count);
        _words = 0;
        _available = MaxLineLength;
    }

    public void Clear()
    {
        _text.Clear();
        _words = 0;
        _available = MaxLineLength;
    }

    /// <summary>Adds the lines to another text.</summary>
    public void AppendTo(StringBuilder text) => text.Append(_text);

    private void Place(ReadOnlySpan<char> word)
    {
        _lastWord = _text.Length;
        _text.Append(word);
        _words++;
    }

    private void PushLong(ReadOnlySpan<char> word)
    {
        if (_words > 0)
        {
            StartLine(1);
        }

        while (word.Length > MaxLineLength && word[..MaxLineLength].LastIndexOf(Cut) is >= 0 and var cut)
        {
            _text.Append(word[..(cut + 1)]);
            StartLine(1);
            word = word[(cut + 1)..];
        }

        Place(word);
        _available -= word.Length;
    }
}
