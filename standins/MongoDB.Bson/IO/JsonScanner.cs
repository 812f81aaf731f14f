using System.Globalization;
using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Walks over JSON text token by token.</summary>
internal sealed class JsonScanner(string json)
{
    private int _position;

    /// <summary>The next character after white space, or '\0' at the end.</summary>
    public char Peek()
    {
        while (_position < json.Length && char.IsWhiteSpace(json[_position]))
        {
            _position++;
        }

        return _position < json.Length ? json[_position] : '\0';
    }

    public bool TryEnd()
    {
        Peek();
        return _position == json.Length;
    }

    public bool TryTake(char expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    public bool TryTakeWord(string expected)
    {
        if (!json.AsSpan(_position).StartsWith(expected, StringComparison.Ordinal))
        {
            return false;
        }

        _position += expected.Length;
        return true;
    }

    public void Expect(char expected)
    {
        if (!TryTake(expected))
        {
            throw Unexpected($"'{expected}'");
        }
    }

    public string ReadWord()
    {
        Peek();
        var start = _position;
        while (_position < json.Length && (char.IsLetterOrDigit(json[_position]) || json[_position] is '_' or '$'))
        {
            _position++;
        }

        return _position > start ? json[start.._position] : throw Unexpected("a name or value");
    }

    public string ReadNumber()
    {
        var start = _position;
        while (_position < json.Length && (char.IsAsciiDigit(json[_position]) || json[_position] is '-' or '+' or '.' or 'e' or 'E'))
        {
            _position++;
        }

        return json[start.._position];
    }

    /// <summary>Reads <c>/pattern/options</c> as it stands.</summary>
    public string ReadRegularExpression()
    {
        var start = _position++;
        for (; _position < json.Length && json[_position] != '/'; _position++)
        {
            if (json[_position] == '\\')
            {
                _position++;
            }
        }

        if (_position >= json.Length)
        {
            throw Unexpected("the end of a regular expression");
        }

        _position++;
        while (_position < json.Length && char.IsAsciiLetter(json[_position]))
        {
            _position++;
        }

        return json[start.._position];
    }

    public string ReadString()
    {
        var quote = json[_position++];
        var start = _position;
        while (_position < json.Length && json[_position] != quote && json[_position] != '\\')
        {
            _position++;
        }

        if (_position < json.Length && json[_position] == quote)
        {
            return json[start.._position++];
        }

        return ReadEscapedString(quote, new StringBuilder(json, start, _position - start, capacity: 64));
    }

    private string ReadEscapedString(char quote, StringBuilder text)
    {
        while (_position < json.Length)
        {
            var letter = json[_position++];
            if (letter == quote)
            {
                return text.ToString();
            }

            text.Append(letter == '\\' ? ReadEscape() : letter);
        }

        throw new FormatException("End of file in JSON string.");
    }

    private char ReadEscape()
    {
        if (_position == json.Length)
        {
            throw new FormatException("End of file in JSON string.");
        }

        var letter = json[_position++];
        switch (letter)
        {
            case '\'' or '"' or '\\' or '/':
                return letter;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when _position + 4 <= json.Length
                && ushort.TryParse(json.AsSpan(_position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _position += 4;
                return (char)code;
            default:
                throw new FormatException($"Invalid escape sequence in JSON string '\\{letter}'.");
        }
    }

    private FormatException Unexpected(string expected)
    {
        var found = _position < json.Length ? $"'{json[_position]}'" : "the end";
        return new FormatException($"JSON reader was expecting {expected} at position {_position} but found {found}.");
    }
}
