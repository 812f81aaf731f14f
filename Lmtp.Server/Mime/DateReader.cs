namespace Lmtp.Server.Mime;

/// <summary>
/// Reads one date: as ISO 8601 if it is that, else by the liberal rules that browsers grew up with. What the first
/// attempt has read stays read.
/// </summary>
internal ref struct DateReader
{
    private const long MaxMilliseconds = 8_640_000_000_000_000;

    private DateTokens _tokens;
    private DateParts _parts;
    private bool _hasNumber;

    /// <summary>Milliseconds since 1970-01-01 UTC, or null.</summary>
    public static long? Read(ReadOnlySpan<char> text)
    {
        var reader = new DateReader { _tokens = new DateTokens(text), _parts = new DateParts() };
        return IsoDate.TryRead(ref reader._tokens, ref reader._parts, out var token) && reader.TryReadLegacy(token)
            ? reader._parts.ToMilliseconds() is { } result && Math.Abs(result) <= MaxMilliseconds ? result : null
            : null;
    }

    private bool TryReadLegacy(DateToken token)
    {
        _hasNumber = _parts.HasDay;
        for (; token.Kind != DateTokenKind.End; token = _tokens.Next())
        {
            var isFine = token.Kind switch
            {
                DateTokenKind.Number => TryReadNumber(token.Value),
                DateTokenKind.Month or DateTokenKind.AmPm or DateTokenKind.Zone or DateTokenKind.TimeSeparator or DateTokenKind.Word => TryReadWord(token),
                DateTokenKind.Symbol when token.IsSign && (_parts.IsUtc || _parts.HasTime) => TryReadOffset(token.Value == '+' ? 1 : -1),
                DateTokenKind.Symbol when token.IsSign || token.IsSymbol(')') => !_hasNumber,
                _ => true,
            };
            if (!isFine)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadNumber(int number)
    {
        _hasNumber = true;
        if (_tokens.Skip(':'))
        {
            if (_tokens.Skip(':'))
            {
                return !_parts.HasTime && _parts.AddTime(number) && _parts.AddTime(0);
            }

            if (!_parts.AddTime(number))
            {
                return false;
            }

            _tokens.Skip('.');
            return true;
        }

        if (_tokens.Skip('.') && _parts.ExpectsTime(number))
        {
            _parts.AddTime(number);
            if (_tokens.Peek.Kind != DateTokenKind.Number)
            {
                return false;
            }

            _parts.AddLastTime(_tokens.Next().Milliseconds);
            return true;
        }

        if (_parts.ExpectsZoneMinute(number))
        {
            _parts.ZoneMinute = number;
            return true;
        }

        if (_parts.ExpectsTime(number))
        {
            _parts.AddLastTime(number);
            var next = _tokens.Peek;
            return next.Kind is DateTokenKind.End or DateTokenKind.Space || next.IsZulu || next.IsSign;
        }

        if (!_parts.AddDay(number))
        {
            return false;
        }

        _tokens.Skip('-');
        return true;
    }

    private bool TryReadWord(DateToken token)
    {
        if (token.Kind == DateTokenKind.AmPm && _parts.HasTime)
        {
            _parts.HourOffset = token.Value;
        }
        else if (token.Kind == DateTokenKind.Month)
        {
            _parts.NamedMonth = token.Value;
            _tokens.Skip('-');
        }
        else if (token.Kind == DateTokenKind.Zone && _hasNumber)
        {
            _parts.SetZoneHours(token.Value);
        }
        else
        {
            // Other words may only stand before the first number, and not directly before it.
            return !_hasNumber && _tokens.Peek.Kind != DateTokenKind.Number;
        }

        return true;
    }

    private bool TryReadOffset(int sign)
    {
        _parts.ZoneSign = sign;
        var number = 0;
        var length = 0;
        if (_tokens.Peek.Kind == DateTokenKind.Number)
        {
            var token = _tokens.Next();
            (number, length) = (token.Value, token.Length);
        }

        _hasNumber = true;
        if (_tokens.Peek.IsSymbol(':'))
        {
            (_parts.ZoneHour, _parts.ZoneMinute) = (number, null);
            return true;
        }

        switch (length)
        {
            case 1 or 2:
                (_parts.ZoneHour, _parts.ZoneMinute) = (number, 0);
                return true;
            case 3 or 4:
                (_parts.ZoneHour, _parts.ZoneMinute) = (number / 100, number % 100);
                return true;
            default:
                return false;
        }
    }
}
