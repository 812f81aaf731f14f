namespace Lmtp.Server.Mime.Html;

/// <summary>Reads a start tag from behind its name on, and keeps the attributes that mean something.</summary>
/// <param name="html">The document.</param>
/// <param name="position">Where the name of the tag ends.</param>
/// <param name="tag">The tag.</param>
/// <param name="document">Receives the values, and what remains of a tag that is cut off.</param>
internal ref struct HtmlAttributeReader(ReadOnlySpan<char> html, int position, HtmlTag tag, HtmlDocument document)
{
    private readonly ReadOnlySpan<char> _html = html;

    /// <summary>Where the tag ends.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The attributes found so far; null when there are none of interest.</summary>
    public HtmlAttributes? Attributes { get; private set; }

    private readonly HtmlDocument _document = document;

    /// <summary>Reads to the end of the tag.</summary>
    public HtmlTagEnd Read()
    {
        while (Position < _html.Length)
        {
            var character = _html[Position];
            if (character == '>')
            {
                Position++;
                return HtmlTagEnd.Plain;
            }

            if (HtmlCharacters.IsSpace(character))
            {
                Position++;
            }
            else if (character == '/')
            {
                Position = HtmlCharacters.AfterSpaces(_html, Position + 1);
                if (Position >= _html.Length)
                {
                    _document.AddLastCharacter(_html);
                }
                else if (_html[Position] == '>')
                {
                    Position++;
                    return HtmlTagEnd.SelfClosing;
                }
            }
            else
            {
                ReadAttribute();
            }
        }

        Position = _html.Length;
        return HtmlTagEnd.Missing;
    }

    private void ReadAttribute()
    {
        var length = _html[(Position + 1)..].IndexOfAny(HtmlCharacters.AttributeNameEnd);
        if (length < 0)
        {
            Position = _html.Length;
            return;
        }

        var name = _html.Slice(Position, length + 1);
        Position = HtmlCharacters.AfterSpaces(_html, Position + name.Length);
        if (Position >= _html.Length || _html[Position] != '=')
        {
            Keep(name, []);
            return;
        }

        Position = HtmlCharacters.AfterSpaces(_html, Position + 1);
        if (Position < _html.Length)
        {
            ReadValue(name);
        }
    }

    private void ReadValue(ReadOnlySpan<char> name)
    {
        var quote = _html[Position];
        var isQuoted = quote is '"' or '\'';
        var start = isQuoted ? Position + 1 : Position;
        var rest = _html[start..];
        var end = isQuoted ? rest.IndexOf(quote) : rest.IndexOfAny(HtmlCharacters.ClosingNameEnd);
        if (end < 0)
        {
            Position = _html.Length;
            return;
        }

        Keep(name, rest[..end]);
        Position = start + end + (isQuoted ? 1 : 0);
    }

    /// <summary>Keeps an attribute that is of interest; the first of several of one name counts.</summary>
    private void Keep(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (tag is not (HtmlTag.A or HtmlTag.Img or HtmlTag.Ol))
        {
            return;
        }

        var attributes = Attributes ?? default;
        if (tag == HtmlTag.A && Is(name, "href"))
        {
            attributes.Href ??= _document.AddAttribute(value);
        }
        else if (tag == HtmlTag.Img && Is(name, "src"))
        {
            attributes.Source ??= _document.AddAttribute(value);
        }
        else if (tag == HtmlTag.Img && Is(name, "alt"))
        {
            attributes.Alt ??= _document.AddAttribute(value);
        }
        else if (tag == HtmlTag.Ol && Is(name, "start"))
        {
            attributes.Start ??= _document.AddAttribute(value);
        }
        else if (tag == HtmlTag.Ol && Is(name, "type"))
        {
            attributes.Type ??= _document.AddAttribute(value);
        }
        else
        {
            return;
        }

        Attributes = attributes;
    }

    private static bool Is(ReadOnlySpan<char> name, string expected) => name.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
