namespace Lmtp.Server.Mime;

/// <summary>Reads dates in the form of ISO 8601 as ECMAScript defines it.</summary>
internal static class IsoDate
{
    /// <summary>Reads as much of an ISO 8601 date as there is.</summary>
    /// <param name="tokens">The date.</param>
    /// <param name="parts">Receives what was read, which stays read even if the whole is no ISO 8601 date.</param>
    /// <param name="token">The token at which the liberal rules take over.</param>
    /// <returns>False when the text can be no date at all.</returns>
    public static bool TryRead(ref DateTokens tokens, ref DateParts parts, out DateToken token)
    {
        if (!TryReadYear(ref tokens, ref parts, out token))
        {
            return true;
        }

        if (!TryReadMonthAndDay(ref tokens, ref parts))
        {
            token = tokens.Next();
            return true;
        }

        if (tokens.Peek.Kind == DateTokenKind.TimeSeparator)
        {
            token = default;
            tokens.Next();
            if (!TryReadTime(ref tokens, ref parts) || !TryReadZone(ref tokens, ref parts) || tokens.Peek.Kind != DateTokenKind.End)
            {
                return false;
            }
        }
        else
        {
            token = tokens.Next();
            if (token.Kind != DateTokenKind.End)
            {
                return true;
            }

            parts.SetZoneHours(0);
        }

        parts.IsIso = true;
        return true;
    }

    /// <summary>Four digits, or a sign and six.</summary>
    private static bool TryReadYear(ref DateTokens tokens, ref DateParts parts, out DateToken token)
    {
        if (tokens.Peek.IsNumber(4))
        {
            token = default;
            parts.AddDay(tokens.Next().Value);
            return true;
        }

        token = tokens.Next();
        if (!token.IsSign || !tokens.Peek.IsNumber(6))
        {
            return false;
        }

        var year = tokens.Next().Value;
        if (token.Value == '-' && year == 0)
        {
            return false;
        }

        parts.AddDay(token.Value == '-' ? -year : year);
        return true;
    }

    private static bool TryReadMonthAndDay(ref DateTokens tokens, ref DateParts parts)
    {
        if (!tokens.Skip('-'))
        {
            return true;
        }

        if (!tokens.Peek.IsNumber(2) || tokens.Peek.Value is < 1 or > 12)
        {
            return false;
        }

        parts.AddDay(tokens.Next().Value);
        if (!tokens.Skip('-'))
        {
            return true;
        }

        if (!tokens.Peek.IsNumber(2) || tokens.Peek.Value is < 1 or > 31)
        {
            return false;
        }

        parts.AddDay(tokens.Next().Value);
        return true;
    }

    private static bool TryReadTime(ref DateTokens tokens, ref DateParts parts)
    {
        if (!tokens.Peek.IsNumber(2) || tokens.Peek.Value > 24)
        {
            return false;
        }

        var isMidnight = tokens.Peek.Value == 24;
        parts.AddTime(tokens.Next().Value);
        if (!tokens.Skip(':') || !TryReadSixtieth(ref tokens, ref parts, isMidnight))
        {
            return false;
        }

        if (!tokens.Skip(':'))
        {
            return true;
        }

        if (!TryReadSixtieth(ref tokens, ref parts, isMidnight))
        {
            return false;
        }

        if (tokens.Skip('.'))
        {
            if (tokens.Peek.Kind != DateTokenKind.Number || (isMidnight && tokens.Peek.Value > 0))
            {
                return false;
            }

            parts.AddTime(tokens.Next().Milliseconds);
        }

        return true;
    }

    private static bool TryReadSixtieth(ref DateTokens tokens, ref DateParts parts, bool isMidnight)
    {
        if (!tokens.Peek.IsNumber(2) || tokens.Peek.Value > (isMidnight ? 0 : 59))
        {
            return false;
        }

        parts.AddTime(tokens.Next().Value);
        return true;
    }

    private static bool TryReadZone(ref DateTokens tokens, ref DateParts parts)
    {
        if (tokens.Peek.IsZulu)
        {
            tokens.Next();
            parts.SetZoneHours(0);
            return true;
        }

        if (!tokens.Peek.IsSign)
        {
            return true;
        }

        parts.ZoneSign = tokens.Next().Value == '+' ? 1 : -1;
        int hour;
        int minute;
        if (tokens.Peek.IsNumber(4))
        {
            (hour, minute) = Math.DivRem(tokens.Next().Value, 100);
        }
        else
        {
            if (!tokens.Peek.IsNumber(2))
            {
                return false;
            }

            hour = tokens.Next().Value;
            if (!tokens.Skip(':') || !tokens.Peek.IsNumber(2))
            {
                return false;
            }

            minute = tokens.Next().Value;
        }

        (parts.ZoneHour, parts.ZoneMinute) = (hour, minute);
        return hour <= 23 && minute <= 59;
    }
}
