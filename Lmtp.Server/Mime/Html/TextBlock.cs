using System.Text;

namespace Lmtp.Server.Mime.Html;

/// <summary>The text of one block element while it is being put together.</summary>
/// <param name="leadingLineBreaks">Line breaks that go before the block.</param>
/// <param name="maxLineLength">The length after which its lines are wrapped.</param>
internal sealed class TextBlock(int leadingLineBreaks, int maxLineLength)
{
    private StringBuilder _text = new();

    public InlineTextBuilder Inline { get; } = new(maxLineLength);

    public int LeadingLineBreaks { get; private set; } = leadingLineBreaks;

    /// <summary>Line breaks that go before whatever follows.</summary>
    public int PendingLineBreaks { get; set; }

    /// <summary>Whether white space is kept.</summary>
    public bool IsPreformatted { get; init; }

    /// <summary>The bullet or number of a list item, or empty.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Of a list: the room for the prefixes of its items.</summary>
    public int PrefixLength { get; init; }

    /// <summary>The number of characters so far.</summary>
    public int Length => Text.Length;

    /// <summary>All text so far.</summary>
    public StringBuilder Text
    {
        get
        {
            if (!Inline.IsEmpty)
            {
                Inline.AppendTo(_text);
                Inline.Clear();
            }

            return _text;
        }
    }

    /// <summary>Adds the text of a block that has ended.</summary>
    public void Add(StringBuilder text, int leading, int trailing)
    {
        var breaks = Math.Max(PendingLineBreaks, leading);
        var own = Text;
        if (own.Length > 0)
        {
            own.Append('\n', breaks).Append(text);
        }
        else
        {
            // Most blocks hold nothing but another block; taking its text over costs nothing.
            _text = text;
            LeadingLineBreaks = breaks;
        }

        PendingLineBreaks = trailing;
    }

    /// <summary>Adds text in which white space is kept.</summary>
    public void AddPreformatted(ReadOnlySpan<char> text) => _text.Append(text);
}
