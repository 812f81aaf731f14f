namespace MongoDB.Bson.IO;

/// <summary>Reads extended JSON and the syntax of the mongo shell into BSON values.</summary>
internal sealed class JsonParser(string json)
{
    /// <summary>Deeper text is refused, so that it cannot exhaust the stack.</summary>
    private const int MaxDepth = 500;

    private readonly JsonScanner _scanner = new(json);
    private int _depth;

    public BsonDocument ParseDocument()
    {
        var value = ParseToEnd();
        return value as BsonDocument ?? throw new FormatException($"The JSON text holds a value of type {value.BsonType}, not a document.");
    }

    public BsonValue ParseToEnd()
    {
        var value = ParseValue();
        return _scanner.TryEnd()
            ? value
            : throw new FormatException("String contains extra non-whitespace characters beyond the end of the document.");
    }

    private BsonValue ParseValue()
    {
        if (++_depth > MaxDepth)
        {
            throw new FormatException($"The JSON text nests deeper than {MaxDepth} levels.");
        }

        var value = _scanner.Peek() switch
        {
            '{' => ParseObject(),
            '[' => ParseArray(),
            '"' or '\'' => (BsonString)_scanner.ReadString(),
            '/' => ParseRegularExpression(),
            '-' or (>= '0' and <= '9') => JsonNumber.Parse(_scanner.ReadNumber(), _scanner),
            _ => ParseWord(),
        };
        _depth--;
        return value;
    }

    private BsonValue ParseObject()
    {
        _scanner.Expect('{');
        var document = new BsonDocument();
        if (!_scanner.TryTake('}'))
        {
            do
            {
                if (_scanner.Peek() == '}' && document.ElementCount > 0)
                {
                    break;
                }

                var name = _scanner.Peek() is '"' or '\'' ? _scanner.ReadString() : _scanner.ReadWord();
                _scanner.Expect(':');
                document.Add(name, ParseValue());
            }
            while (_scanner.TryTake(','));
            _scanner.Expect('}');
        }

        return ExtendedJson.Interpret(document);
    }

    private BsonArray ParseArray()
    {
        _scanner.Expect('[');
        var array = new BsonArray();
        if (_scanner.TryTake(']'))
        {
            return array;
        }

        do
        {
            if (_scanner.Peek() == ']')
            {
                break;
            }

            array.Add(ParseValue());
        }
        while (_scanner.TryTake(','));
        _scanner.Expect(']');
        return array;
    }

    private BsonRegularExpression ParseRegularExpression()
    {
        var text = _scanner.ReadRegularExpression();
        return new BsonRegularExpression(text);
    }

    private BsonValue ParseWord()
    {
        var word = _scanner.ReadWord();
        switch (word)
        {
            case "true":
                return BsonBoolean.True;
            case "false":
                return BsonBoolean.False;
            case "null":
                return BsonNull.Value;
            case "undefined":
                return BsonUndefined.Value;
            case "NaN":
                return new BsonDouble(double.NaN);
            case "Infinity":
                return new BsonDouble(double.PositiveInfinity);
            case "MinKey" when _scanner.Peek() != '(':
                return BsonMinKey.Value;
            case "MaxKey" when _scanner.Peek() != '(':
                return BsonMaxKey.Value;
            case "new":
                return ParseConstructor(_scanner.ReadWord());
            default:
                return ParseConstructor(word);
        }
    }

    private BsonValue ParseConstructor(string name)
    {
        _scanner.Expect('(');
        var arguments = new List<BsonValue>();
        if (!_scanner.TryTake(')'))
        {
            do
            {
                arguments.Add(ParseValue());
            }
            while (_scanner.TryTake(','));
            _scanner.Expect(')');
        }

        try
        {
            return ShellConstructor.Create(name, arguments);
        }
        catch (Exception exception) when (exception is InvalidCastException or ArgumentException or OverflowException)
        {
            throw new FormatException($"Invalid arguments of {name}(…): {string.Join(", ", arguments)}.", exception);
        }
    }
}
