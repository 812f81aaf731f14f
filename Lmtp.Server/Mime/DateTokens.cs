namespace Lmtp.Server.Mime;

/// <summary>Splits a date into tokens, with one token of look-ahead.</summary>
internal ref struct DateTokens
{
    // Digits that count; further ones are read and forgotten.
    private const int MaxDigits = 9;

    private static readonly (string Prefix, DateTokenKind Kind, int Value)[] Words =
    [
        ("jan", DateTokenKind.Month, 1), ("feb", DateTokenKind.Month, 2), ("mar", DateTokenKind.Month, 3),
        ("apr", DateTokenKind.Month, 4), ("may", DateTokenKind.Month, 5), ("jun", DateTokenKind.Month, 6),
        ("jul", DateTokenKind.Month, 7), ("aug", DateTokenKind.Month, 8), ("sep", DateTokenKind.Month, 9),
        ("oct", DateTokenKind.Month, 10), ("nov", DateTokenKind.Month, 11), ("dec", DateTokenKind.Month, 12),
        ("am", DateTokenKind.AmPm, 0), ("pm", DateTokenKind.AmPm, 12), ("ut", DateTokenKind.Zone, 0),
        ("utc", DateTokenKind.Zone, 0), ("z", DateTokenKind.Zone, 0), ("gmt", DateTokenKind.Zone, 0),
        ("cdt", DateTokenKind.Zone, -5), ("cst", DateTokenKind.Zone, -6), ("edt", DateTokenKind.Zone, -4),
        ("est", DateTokenKind.Zone, -5), ("mdt", DateTokenKind.Zone, -6), ("mst", DateTokenKind.Zone, -7),
        ("pdt", DateTokenKind.Zone, -7), ("pst", DateTokenKind.Zone, -8), ("t", DateTokenKind.TimeSeparator, 0),
    ];

    private static readonly (string Prefix, DateTokenKind Kind, int Value)[][] ByInitial =
        [.. Enumerable.Range('a', 26).Select(static initial => Words.Where(word => word.Prefix[0] == initial).ToArray())];

    private readonly ReadOnlySpan<char> _text;
    private int _position;

    public DateTokens(ReadOnlySpan<char> text)
    {
        _text = text;
        Peek = Scan();
    }

    /// <summary>The next token, not yet taken.</summary>
    public DateToken Peek { get; private set; }

    public DateToken Next()
    {
        var token = Peek;
        Peek = Scan();
        return token;
    }

    public bool Skip(char symbol)
    {
        if (!Peek.IsSymbol(symbol))
        {
            return false;
        }

        Next();
        return true;
    }

    private DateToken Scan()
    {
        if (_position >= _text.Length)
        {
            return default;
        }

        var character = _text[_position];
        if (char.IsAsciiDigit(character))
        {
            return ScanNumber();
        }

        if (character is ':' or '-' or '+' or '.' or ')')
        {
            _position++;
            return new DateToken(DateTokenKind.Symbol, character, 1);
        }

        if (IsWordCharacter(character))
        {
            return ScanWord();
        }

        if (Whitespace.Is(character))
        {
            _position++;
            return new DateToken(DateTokenKind.Space);
        }

        if (character == '(')
        {
            SkipParentheses();
        }
        else
        {
            _position++;
        }

        return new DateToken(DateTokenKind.Unknown);
    }

    private DateToken ScanNumber()
    {
        var start = _position;
        while (_position < _text.Length && _text[_position] == '0')
        {
            _position++;
        }

        var value = 0;
        for (var digits = 0; _position < _text.Length && char.IsAsciiDigit(_text[_position]); digits++, _position++)
        {
            if (digits < MaxDigits)
            {
                value = (value * 10) + (_text[_position] - '0');
            }
        }

        return new DateToken(DateTokenKind.Number, value, _position - start);
    }

    private DateToken ScanWord()
    {
        var start = _position;
        while (_position < _text.Length && IsWordCharacter(_text[_position]))
        {
            _position++;
        }

        var word = _text[start.._position];
        var first = word[0] | 0x20;
        foreach (var (prefix, kind, value) in first is >= 'a' and <= 'z' ? ByInitial[first - 'a'] : [])
        {
            if (HasPrefix(word, prefix) && (kind == DateTokenKind.Month || word.Length == prefix.Length))
            {
                return new DateToken(kind, value, word.Length);
            }
        }

        return new DateToken(DateTokenKind.Word, 0, word.Length);
    }

    private void SkipParentheses()
    {
        var depth = 0;
        do
        {
            depth += _text[_position] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            _position++;
        }
        while (depth > 0 && _position < _text.Length && _text[_position] != '\0');
    }

    private static bool IsWordCharacter(char character) => character >= 'A' && !Whitespace.Is(character);

    private static bool HasPrefix(ReadOnlySpan<char> word, string prefix)
    {
        if (word.Length < prefix.Length)
        {
            return false;
        }

        for (var index = 0; index < prefix.Length; index++)
        {
            if ((word[index] | 0x20) != prefix[index])
            {
                return false;
            }
        }

        return true;
    }
}
