namespace Lmtp.Server.Mime.Html;

/// <summary>Reads a start tag from behind its name on, and keeps the attributes that mean something.</summary>
/// <param name="html">The document.</param>
/// <param name="position">Where the name of the tag ends.</param>
/// <param name="tag">The tag.</param>
internal ref struct HtmlAttributeReader(ReadOnlySpan<char> html, int position, HtmlTag tag)
{
    private readonly ReadOnlySpan<char> _html = html;

    /// <summary>Where the tag ends.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The attributes found so far; null when there are none of interest.</summary>
    public HtmlAttributes? Attributes { get; private set; }

    /// <summary>Reads to the end of the tag.</summary>
    /// <param name="document">Receives what remains of a tag that is cut off.</param>
    public HtmlTagEnd Read(HtmlDocument document)
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
                    document.AddLastCharacter(_html);
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

        if (tag == HtmlTag.A && Is(name, "href"))
        {
            (Attributes ??= new()).Href ??= Decode(value);
        }
        else if (tag == HtmlTag.Img && Is(name, "src"))
        {
            (Attributes ??= new()).Source ??= Decode(value);
        }
        else if (tag == HtmlTag.Img && Is(name, "alt"))
        {
            (Attributes ??= new()).Alt ??= Decode(value);
        }
        else if (tag == HtmlTag.Ol && Is(name, "start"))
        {
            (Attributes ??= new()).Start ??= Decode(value);
        }
        else if (tag == HtmlTag.Ol && Is(name, "type"))
        {
            (Attributes ??= new()).Type ??= Decode(value);
        }
    }

    private static bool Is(ReadOnlySpan<char> name, string expected) => name.Equals(expected, StringComparison.OrdinalIgnoreCase);

    private static string Decode(ReadOnlySpan<char> value)
    {
        if (!value.Contains('&'))
        {
            return value.ToString();
        }

        using var decoded = new TextBuffer(value.Length);
        HtmlEntities.Decode(value, inAttribute: true, decoded);
        return decoded.ToString();
    }
}
