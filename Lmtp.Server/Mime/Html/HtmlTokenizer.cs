using System.Buffers;
using System.Text;

namespace Lmtp.Server.Mime.Html;

/// <summary>
/// Splits HTML into tags, text and comments, as forgivingly as the parser behind WildDuck's previews: what it makes of
/// broken mark-up is kept, down to the last character of an unfinished tag.
/// </summary>
internal sealed class HtmlTokenizer(string html, HtmlDocument document)
{
    private const string Spaces = " \t\n\f\r";

    private static readonly SearchValues<char> NameEnd = SearchValues.Create(Spaces + "/>");
    private static readonly SearchValues<char> ClosingNameEnd = SearchValues.Create(Spaces + ">");
    private static readonly SearchValues<char> AttributeNameEnd = SearchValues.Create(Spaces + "/>=");

    private int _position;

    /// <summary>Hands everything to the document.</summary>
    public void Run()
    {
        while (_position < html.Length)
        {
            var tag = html.IndexOf('<', _position);
            var end = tag < 0 ? html.Length : tag;
            HtmlEntities.Decode(html.AsSpan(_position, end - _position), inAttribute: false, document.Text);
            _position = end;
            if (tag >= 0)
            {
                ReadMarkup(tag);
            }
        }
    }

    private static bool IsSpace(char character) => character is ' ' or '\t' or '\n' or '\f' or '\r';

    private void ReadMarkup(int start)
    {
        var next = start + 1 < html.Length ? html[start + 1] : '\0';
        if (next == '!')
        {
            ReadDeclaration(start + 2);
        }
        else if (next == '?')
        {
            SkipComment(start + 2, start + 2);
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
            document.Text.Append('<');
            _position = start + 1;
        }
    }

    private void ReadDeclaration(int start)
    {
        const string CharacterData = "[CDATA[";
        if (start >= html.Length)
        {
            _position = start;
        }
        else if (string.CompareOrdinal(html, start, CharacterData, 0, CharacterData.Length) == 0)
        {
            SkipUntil("]]>", start + CharacterData.Length, matched: 0);
        }
        else if (string.CompareOrdinal(html, start, "--", 0, 2) == 0)
        {
            SkipUntil("-->", start + 2, matched: 2);
        }
        else
        {
            // The character that tells the kind of declaration is never taken for its end.
            var decided = html[start] == '[' ? AfterCommonPrefix(start, CharacterData) : start + (html[start] == '-' ? 2 : 1);
            SkipComment(start, decided);
        }
    }

    private int AfterCommonPrefix(int start, string expected) =>
        start + html.AsSpan(start).CommonPrefixLength(expected);

    /// <summary>Skips to the next &gt;; without one, what would have been skipped is text.</summary>
    /// <param name="start">Where that text would begin.</param>
    /// <param name="from">Where to look from.</param>
    private void SkipComment(int start, int from)
    {
        var end = from < html.Length ? html.IndexOf('>', from) : -1;
        if (end < 0)
        {
            document.Text.Append(html.AsSpan(Math.Min(start, html.Length)));
            _position = html.Length;
        }
        else
        {
            document.AddComment();
            _position = end + 1;
        }
    }

    /// <summary>Skips a comment or character data up to its end; a repeated first character of the end is allowed.</summary>
    private void SkipUntil(string end, int start, int matched)
    {
        for (_position = start; _position < html.Length; _position++)
        {
            var character = html[_position];
            if (character == end[matched])
            {
                if (++matched == end.Length)
                {
                    _position++;
                    document.AddComment();
                    return;
                }
            }
            else if (matched == 0)
            {
                var next = html.IndexOf(end[0], _position);
                if (next < 0)
                {
                    break;
                }

                _position = next;
                matched = 1;
            }
            else if (character != end[matched - 1])
            {
                matched = 0;
            }
        }

        _position = html.Length;
        if (start < html.Length)
        {
            document.AddComment();
        }
    }

    private void ReadClosingTag(int start)
    {
        var position = start + 2;
        while (position < html.Length && IsSpace(html[position]))
        {
            position++;
        }

        if (position >= html.Length || html[position] == '>')
        {
            // An end tag without a name is text, and what follows belongs to it.
            var end = Math.Min(position + 1, html.Length);
            document.Text.Append(html, start, end - start);
            _position = end;
        }
        else if (char.IsAsciiLetter(html[position]))
        {
            CloseElement(position);
        }
        else
        {
            SkipComment(position, position + 1);
        }
    }

    /// <summary>Reads the name of an end tag and skips the rest of it.</summary>
    private void CloseElement(int nameStart)
    {
        var length = html.AsSpan(nameStart).IndexOfAny(ClosingNameEnd);
        if (length < 0)
        {
            _position = html.Length;
            return;
        }

        document.Close(Casing.ToLower(html.AsSpan(nameStart, length)));
        var end = html.IndexOf('>', nameStart + length);
        if (end < 0)
        {
            AppendLastCharacter();
        }
        else
        {
            _position = end + 1;
        }
    }

    private void ReadOpeningTag(int nameStart)
    {
        var length = html.AsSpan(nameStart).IndexOfAny(NameEnd);
        if (length < 0)
        {
            if (RawText.MayBegin(html.AsSpan(nameStart)))
            {
                document.Text.Append(html.AsSpan(nameStart));
            }

            _position = html.Length;
            return;
        }

        var name = Casing.ToLower(html.AsSpan(nameStart, length));
        _position = nameStart + length;
        HtmlAttributes? attributes = null;
        switch (ReadAttributes(name, ref attributes))
        {
            case TagEnd.SelfClosing:
                document.Open(name, attributes, isSelfClosing: true);
                break;
            case TagEnd.Plain:
                document.Open(name, attributes, isSelfClosing: false);
                if (RawText.ClosingTag(name) is { } closingTag)
                {
                    ReadRawText(closingTag);
                }

                break;
            default:
                _position = html.Length;
                break;
        }
    }

    private TagEnd ReadAttributes(string element, ref HtmlAttributes? attributes)
    {
        while (_position < html.Length)
        {
            var character = html[_position];
            if (character == '>')
            {
                _position++;
                return TagEnd.Plain;
            }

            if (IsSpace(character))
            {
                _position++;
            }
            else if (character == '/')
            {
                SkipSpaces(_position + 1);
                if (_position >= html.Length)
                {
                    AppendLastCharacter();
                }
                else if (html[_position] == '>')
                {
                    _position++;
                    return TagEnd.SelfClosing;
                }
            }
            else
            {
                ReadAttribute(element, ref attributes);
            }
        }

        return TagEnd.Missing;
    }

    private void ReadAttribute(string element, ref HtmlAttributes? attributes)
    {
        var length = html.AsSpan(_position + 1).IndexOfAny(AttributeNameEnd);
        if (length < 0)
        {
            _position = html.Length;
            return;
        }

        var name = html.AsSpan(_position, length + 1);
        SkipSpaces(_position + name.Length);
        if (_position >= html.Length || html[_position] != '=')
        {
            Keep(element, name, [], ref attributes);
            return;
        }

        SkipSpaces(_position + 1);
        if (_position >= html.Length)
        {
            return;
        }

        var quote = html[_position];
        var isQuoted = quote is '"' or '\'';
        var start = isQuoted ? _position + 1 : _position;
        var rest = html.AsSpan(start);
        var end = isQuoted ? rest.IndexOf(quote) : rest.IndexOfAny(ClosingNameEnd);
        if (end < 0)
        {
            _position = html.Length;
            return;
        }

        Keep(element, name, rest[..end], ref attributes);
        _position = start + end + (isQuoted ? 1 : 0);
    }

    private static void Keep(string element, ReadOnlySpan<char> name, ReadOnlySpan<char> value, ref HtmlAttributes? attributes)
    {
        // The first of several attributes of one name counts.
        if (element == "a" && name.Equals("href", StringComparison.OrdinalIgnoreCase))
        {
            (attributes ??= new()).Href ??= Decode(value);
        }
        else if (element == "img" && name.Equals("src", StringComparison.OrdinalIgnoreCase))
        {
            (attributes ??= new()).Source ??= Decode(value);
        }
        else if (element == "img" && name.Equals("alt", StringComparison.OrdinalIgnoreCase))
        {
            (attributes ??= new()).Alt ??= Decode(value);
        }
        else if (element == "ol" && name.Equals("start", StringComparison.OrdinalIgnoreCase))
        {
            (attributes ??= new()).Start ??= Decode(value);
        }
        else if (element == "ol" && name.Equals("type", StringComparison.OrdinalIgnoreCase))
        {
            (attributes ??= new()).Type ??= Decode(value);
        }
    }

    private static string Decode(ReadOnlySpan<char> value)
    {
        if (!value.Contains('&'))
        {
            return value.ToString();
        }

        var decoded = new StringBuilder(value.Length);
        HtmlEntities.Decode(value, inAttribute: true, decoded);
        return decoded.ToString();
    }

    /// <summary>Reads the content of an element in which there are no tags, up to its end tag.</summary>
    private void ReadRawText(string closingTag)
    {
        var start = _position;
        for (var search = start; ; search++)
        {
            search = html.IndexOf(closingTag, search, StringComparison.OrdinalIgnoreCase);
            var behind = search + closingTag.Length;
            if (search >= 0 && behind < html.Length && !ClosingNameEnd.Contains(html[behind]))
            {
                continue;
            }

            var isEnded = search >= 0 && behind < html.Length;
            var text = html.AsSpan(start, (isEnded ? search : html.Length) - start);
            if (closingTag == RawText.TitleEnd)
            {
                HtmlEntities.Decode(text, inAttribute: false, document.Text);
            }
            else
            {
                document.Text.Append(text);
            }

            if (isEnded)
            {
                CloseElement(search + 2);
            }
            else
            {
                _position = html.Length;
            }

            return;
        }
    }

    private void SkipSpaces(int position)
    {
        while (position < html.Length && IsSpace(html[position]))
        {
            position++;
        }

        _position = position;
    }

    /// <summary>Of some unfinished tags the last character remains as text.</summary>
    private void AppendLastCharacter()
    {
        document.Text.Append(html[^1]);
        _position = html.Length;
    }

    private enum TagEnd
    {
        Missing,
        Plain,
        SelfClosing,
    }
}
