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
        return reader.TryReadIso(out var token) && reader.TryReadLegacy(token)
            ? reader._parts.ToMilliseconds() is { } result && Math.Abs(result) <= MaxMilliseconds ? result : null
            : null;
    }

    /// <summary>Reads as much of an ISO 8601 date as there is.</summary>
    /// <param name="token">The token at which the liberal rules take over.</param>
    /// <returns>False when the text can be no date at all.</returns>
    private bool TryReadIso(out DateToken token)
    {
        if (_tokens.Peek.IsSign)
        {
            token = _tokens.Next();
            if (!_tokens.Peek.IsNumber(6))
            {
                return true;
            }

            var year = _tokens.Next().Value;
            if (token.Value == '-' && year == 0)
            {
                return true;
            }

            _parts.AddDay(token.Value == '-' ? -year : year);
        }
        else if (_tokens.Peek.IsNumber(4))
        {
            _parts.AddDay(_tokens.Next().Value);
        }
        else
        {
            token = _tokens.Next();
            return true;
        }

        if (!TryReadIsoMonthAndDay())
        {
            token = _tokens.Next();
            return true;
        }

        if (_tokens.Peek.Kind == DateTokenKind.TimeSeparator)
        {
            token = default;
            _tokens.Next();
            if (!TryReadIsoTime() || !TryReadIsoZone() || _tokens.Peek.Kind != DateTokenKind.End)
            {
                return false;
            }
        }
        else
        {
            token = _tokens.Next();
            if (token.Kind != DateTokenKind.End)
            {
                return true;
            }

            _parts.SetZoneHours(0);
        }

        _parts.IsIso = true;
        return true;
    }

    private bool TryReadIsoMonthAndDay()
    {
        if (!_tokens.Skip('-'))
        {
            return true;
        }

        if (!_tokens.Peek.IsNumber(2) || _tokens.Peek.Value is < 1 or > 12)
        {
            return false;
        }

        _parts.AddDay(_tokens.Next().Value);
        if (!_tokens.Skip('-'))
        {
            return true;
        }

        if (!_tokens.Peek.IsNumber(2) || _tokens.Peek.Value is < 1 or > 31)
        {
            return false;
        }

        _parts.AddDay(_tokens.Next().Value);
        return true;
    }

    private bool TryReadIsoTime()
    {
        if (!_tokens.Peek.IsNumber(2) || _tokens.Peek.Value > 24)
        {
            return false;
        }

        var isMidnight = _tokens.Peek.Value == 24;
        _parts.AddTime(_tokens.Next().Value);
        if (!_tokens.Skip(':') || !TryReadIsoSixtieth(isMidnight))
        {
            return false;
        }

        if (!_tokens.Skip(':'))
        {
            return true;
        }

        if (!TryReadIsoSixtieth(isMidnight))
        {
            return false;
        }

        if (_tokens.Skip('.'))
        {
            if (_tokens.Peek.Kind != DateTokenKind.Number || (isMidnight && _tokens.Peek.Value > 0))
            {
                return false;
            }

            _parts.AddTime(Milliseconds(_tokens.Next()));
        }

        return true;
    }

    private bool TryReadIsoSixtieth(bool isMidnight)
    {
        if (!_tokens.Peek.IsNumber(2) || _tokens.Peek.Value > (isMidnight ? 0 : 59))
        {
            return false;
        }

        _parts.AddTime(_tokens.Next().Value);
        return true;
    }

    private bool TryReadIsoZone()
    {
        if (_tokens.Peek.IsZulu)
        {
            _tokens.Next();
            _parts.SetZoneHours(0);
            return true;
        }

        if (!_tokens.Peek.IsSign)
        {
            return true;
        }

        _parts.ZoneSign = _tokens.Next().Value == '+' ? 1 : -1;
        int hour;
        int minute;
        if (_tokens.Peek.IsNumber(4))
        {
            (hour, minute) = Math.DivRem(_tokens.Next().Value, 100);
        }
        else
        {
            if (!_tokens.Peek.IsNumber(2))
            {
                return false;
            }

            hour = _tokens.Next().Value;
            if (!_tokens.Skip(':') || !_tokens.Peek.IsNumber(2))
            {
                return false;
            }

            minute = _tokens.Next().Value;
        }

        (_parts.ZoneHour, _parts.ZoneMinute) = (hour, minute);
        return hour <= 23 && minute <= 59;
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

            _parts.AddLastTime(Milliseconds(_tokens.Next()));
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

    /// <summary>The first three digits of a fraction.</summary>
    private static int Milliseconds(DateToken token)
    {
        var value = token.Value;
        switch (token.Length)
        {
            case 1:
                return value * 100;
            case 2:
                return value * 10;
        }

        for (var length = Math.Min(token.Length, 9); length > 3; length--)
        {
            value /= 10;
        }

        return value;
    }
}
