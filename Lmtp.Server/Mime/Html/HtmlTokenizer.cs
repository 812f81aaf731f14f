using System.Text;

namespace Lmtp.Server.Mime.Html;

/// <summary>
/// Splits HTML into tags, text and comments, as forgivingly as the parser behind WildDuck's previews: what it makes of
/// broken mark-up is kept, down to the last character of an unfinished tag.
/// </summary>
internal ref struct HtmlTokenizer
{
    private const int MaxStackLength = 64;

    private readonly ReadOnlySpan<char> _html;
    private readonly HtmlDocument _document;
    private int _position;

    private HtmlTokenizer(ReadOnlySpan<char> html, HtmlDocument document)
    {
        _html = html;
        _document = document;
    }

    /// <summary>Hands everything to the document.</summary>
    public static void Run(ReadOnlySpan<char> html, HtmlDocument document)
    {
        var tokenizer = new HtmlTokenizer(html, document);
        while (tokenizer._position < html.Length)
        {
            tokenizer.ReadText();
        }
    }

    private void ReadText()
    {
        var rest = _html[_position..];
        var length = rest.IndexOf('<');
        HtmlEntities.Decode(length < 0 ? rest : rest[..length], inAttribute: false, _document.Text);
        if (length < 0)
        {
            _position = _html.Length;
        }
        else
        {
            ReadMarkup(_position + length);
        }
    }

    private void ReadMarkup(int start)
    {
        var next = start + 1 < _html.Length ? _html[start + 1] : '\0';
        if (next is '!' or '?')
        {
            _position = HtmlComment.Skip(_html, start, _document);
        }
        else if (next == '/')
        {
            ReadClosingTag(start);
        }
        else if (char.IsAsciiLetter(next))
        {
            ReadOpeningTag(start + 1);
        }
        else
        {
            _document.Text.Append('<');
            _position = start + 1;
        }
    }

    private void ReadClosingTag(int start)
    {
        var position = HtmlCharacters.AfterSpaces(_html, start + 2);
        if (position >= _html.Length || _html[position] == '>')
        {
            // An end tag without a name is text, and what follows belongs to it.
            _position = Math.Min(position + 1, _html.Length);
            _document.Text.Append(_html[start.._position]);
        }
        else if (char.IsAsciiLetter(_html[position]))
        {
            CloseElement(position);
        }
        else
        {
            _position = HtmlComment.SkipToBracket(_html, position, position + 1, _document);
        }
    }

    /// <summary>Reads the name of an end tag and skips the rest of it.</summary>
    private void CloseElement(int nameStart)
    {
        var rest = _html[nameStart..];
        var length = rest.IndexOfAny(HtmlCharacters.ClosingNameEnd);
        _position = _html.Length;
        if (length < 0)
        {
            return;
        }

        _document.Close(LowerCase(rest[..length], stackalloc char[MaxStackLength]));
        var end = rest[length..].IndexOf('>');
        if (end < 0)
        {
            _document.AddLastCharacter(_html);
        }
        else
        {
            _position = nameStart + length + end + 1;
        }
    }

    private void ReadOpeningTag(int nameStart)
    {
        var rest = _html[nameStart..];
        var length = rest.IndexOfAny(HtmlCharacters.NameEnd);
        if (length < 0)
        {
            if (RawText.MayBegin(rest))
            {
                _document.Text.Append(rest);
            }

            _position = _html.Length;
            return;
        }

        var name = LowerCase(rest[..length], stackalloc char[MaxStackLength]);
        var reader = new HtmlAttributeReader(_html, nameStart + length, HtmlTags.Find(name), _document);
        var end = reader.Read();
        _position = reader.Position;
        if (end != HtmlTagEnd.Missing)
        {
            _document.Open(name, reader.Attributes, isSelfClosing: end == HtmlTagEnd.SelfClosing);
        }

        if (end == HtmlTagEnd.Plain && RawText.ClosingTag(name) is { } closingTag)
        {
            ReadRawText(closingTag);
        }
    }

    /// <summary>Reads the content of an element in which there are no tags, up to its end tag.</summary>
    private void ReadRawText(string closingTag)
    {
        var start = _position;
        var end = FindClosingTag(closingTag, start);
        var text = end < 0 ? _html[start..] : _html[start..end];
        if (closingTag == RawText.TitleEnd)
        {
            HtmlEntities.Decode(text, inAttribute: false, _document.Text);
        }
        else
        {
            _document.Text.Append(text);
        }

        if (end < 0)
        {
            _position = _html.Length;
        }
        else
        {
            CloseElement(end + 2);
        }
    }

    /// <summary>Where an end tag begins that is not cut off; -1 when there is none.</summary>
    private readonly int FindClosingTag(string closingTag, int start)
    {
        while (true)
        {
            var length = _html[start..].IndexOf(closingTag, StringComparison.OrdinalIgnoreCase);
            var behind = start + length + closingTag.Length;
            if (length < 0 || behind >= _html.Length)
            {
                return -1;
            }

            if (HtmlCharacters.ClosingNameEnd.Contains(_html[behind]))
            {
                return start + length;
            }

            start += length + 1;
        }
    }

    private static ReadOnlySpan<char> LowerCase(ReadOnlySpan<char> name, Span<char> buffer)
    {
        if (name.Length > buffer.Length || !Ascii.IsValid(name))
        {
            return Casing.ToLower(name.ToString());
        }

        Ascii.ToLower(name, buffer, out var length);
        return buffer[..length];
    }
}
