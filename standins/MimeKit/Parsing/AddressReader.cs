using System.Text;
using MimeKit.Encodings;

namespace MimeKit.Parsing;

/// <summary>Reads address lists (RFC 5322 section 3.4) in one pass over their text.</summary>
internal sealed class AddressReader
{
    private const int MaxGroupDepth = 3;

    private readonly string _text;
    private readonly StringBuilder _phrase = new();
    private readonly StringBuilder _raw = new();
    private int _position;
    private string? _angle;
    private string? _comment;
    private bool _hasAt;
    private bool _hasFault;

    private AddressReader(string text) => _text = text;

    /// <summary>All addresses that can be made out.</summary>
    public static List<InternetAddress> ReadLoose(string text) => new AddressReader(text).ReadList(0);

    /// <summary>The addresses; null when the text has anything else.</summary>
    public static List<InternetAddress>? ReadStrict(string text)
    {
        var reader = new AddressReader(EncodedWordReader.Unfold(text));
        var addresses = reader.ReadList(0);
        return reader._hasFault ? null : addresses;
    }

    private List<InternetAddress> ReadList(int depth)
    {
        var addresses = new List<InternetAddress>();
        while (_position < _text.Length)
        {
            var character = _text[_position];
            switch (character)
            {
                case ',':
                    _position++;
                    EndAddress(addresses);
                    break;
                case ';':
                    _position++;
                    EndAddress(addresses);
                    if (depth > 0)
                    {
                        return addresses;
                    }

                    break;
                case ':' when _angle is null && depth < MaxGroupDepth && !_hasAt:
                    _position++;
                    var name = TakeName();
                    addresses.Add(new GroupAddress(name, ReadList(depth + 1)));
                    break;
                default:
                    ReadPiece(character);
                    break;
            }
        }

        EndAddress(addresses);
        _hasFault |= depth > 0;
        return addresses;
    }

    private void ReadPiece(char character)
    {
        switch (character)
        {
            case '"':
                ReadQuoted();
                break;
            case '(':
                ReadComment();
                break;
            case '<':
                ReadAngle();
                break;
            default:
                _position++;
                _hasAt |= character == '@';
                _phrase.Append(char.IsWhiteSpace(character) ? ' ' : character);
                _raw.Append(character);
                break;
        }
    }

    private void ReadQuoted()
    {
        var start = _position++;
        while (_position < _text.Length && _text[_position] != '"')
        {
            _position += _text[_position] == '\\' && _position + 1 < _text.Length ? 1 : 0;
            _phrase.Append(_text[_position++]);
        }

        _hasFault |= _position >= _text.Length;
        _position = Math.Min(_position + 1, _text.Length);
        _raw.Append(_text, start, _position - start);
    }

    private void ReadComment()
    {
        var comment = new StringBuilder();
        var depth = 0;
        do
        {
            var character = _text[_position++];
            depth += character switch { '(' => 1, ')' => -1, _ => 0 };
            if (character == '\\' && _position < _text.Length)
            {
                character = _text[_position++];
            }

            comment.Append(character);
        }
        while (depth > 0 && _position < _text.Length);

        _hasFault |= depth > 0;
        _comment = EncodedWordReader.Decode(comment.ToString().TrimStart('(').TrimEnd(')').Trim());
    }

    private void ReadAngle()
    {
        var inner = new StringBuilder();
        var isQuoted = false;
        for (_position++; _position < _text.Length && (isQuoted || _text[_position] != '>'); _position++)
        {
            isQuoted ^= _text[_position] == '"' && _text[_position - 1] != '\\';
            inner.Append(_text[_position]);
        }

        _position++;
        var address = inner.ToString();
        var route = address.StartsWith('@') ? address.IndexOf(':', StringComparison.Ordinal) : -1;
        _angle = address[(route + 1)..].Trim();
    }

    private void EndAddress(List<InternetAddress> addresses)
    {
        var address = _angle ?? _raw.ToString().Trim();
        var hasAngle = _angle is not null;
        var comment = _comment;
        var name = TakeName();
        if (AddrSpec.IsValid(address))
        {
            addresses.Add(new MailboxAddress(hasAngle && name.Length > 0 ? name : comment ?? (hasAngle ? name : null), new AddrSpec(address)));
        }
        else
        {
            _hasFault |= address.Length > 0 || hasAngle || name.Length > 0;
        }
    }

    /// <summary>The phrase so far, decoded; everything is ready for the next address then.</summary>
    private string TakeName()
    {
        var name = EncodedWordReader.Decode(_phrase.ToString().Trim());
        _phrase.Clear();
        _raw.Clear();
        _angle = null;
        _comment = null;
        _hasAt = false;
        return name;
    }
}
