namespace Lmtp.Server.Mime;

/// <summary>The numbers of a date as far as they have been read.</summary>
internal struct DateParts
{
    private const int DayParts = 3;
    private const int TimeParts = 4;

    private (int First, int Second, int Third) _day = (1, 1, 1);
    private (int Hour, int Minute, int Second, int Fraction) _time;
    private int _dayCount;
    private int _timeCount;

    public DateParts()
    {
    }

    public bool IsIso { get; set; }

    public int? NamedMonth { get; set; }

    public int? HourOffset { get; set; }

    public int? ZoneSign { get; set; }

    public int? ZoneHour { get; set; }

    public int? ZoneMinute { get; set; }

    public readonly bool HasDay => _dayCount > 0;

    public readonly bool HasTime => _timeCount > 0;

    public readonly bool IsUtc => ZoneHour == 0 && ZoneMinute == 0;

    public bool AddDay(int number)
    {
        if (_dayCount == DayParts)
        {
            return false;
        }

        _day = _dayCount++ switch
        {
            0 => _day with { First = number },
            1 => _day with { Second = number },
            _ => _day with { Third = number },
        };
        return true;
    }

    public bool AddTime(int number)
    {
        if (_timeCount == TimeParts)
        {
            return false;
        }

        _time = _timeCount++ switch
        {
            0 => _time with { Hour = number },
            1 => _time with { Minute = number },
            2 => _time with { Second = number },
            _ => _time with { Fraction = number },
        };
        return true;
    }

    /// <summary>Adds a part after which no other can come.</summary>
    public void AddLastTime(int number)
    {
        AddTime(number);
        _timeCount = TimeParts;
    }

    public readonly bool ExpectsTime(int number) => _timeCount switch
    {
        1 or 2 => number <= 59,
        3 => number <= 999,
        _ => false,
    };

    public readonly bool ExpectsZoneMinute(int number) => ZoneHour is not null && ZoneMinute is null && number <= 59;

    public void SetZoneHours(int hours)
    {
        ZoneSign = hours < 0 ? -1 : 1;
        ZoneHour = Math.Abs(hours);
        ZoneMinute = 0;
    }

    public readonly long? ToMilliseconds()
    {
        if (!HasDay || !TryDay(out var days) || !TryTime(out var milliseconds))
        {
            return null;
        }

        long offset = 0;
        if (ZoneSign is { } sign)
        {
            var seconds = ((ZoneHour ?? 0) * 3600L) + ((ZoneMinute ?? 0) * 60L);
            if (seconds > int.MaxValue)
            {
                return null;
            }

            offset = sign * seconds * 1000;
        }

        return (days * 86_400_000) + milliseconds - offset;
    }

    private readonly bool TryDay(out long days)
    {
        int year;
        int month;
        int day;
        if (NamedMonth is { } named)
        {
            month = named;
            (year, day) = IsDay(_day.First) ? (_day.Second, _day.First) : (_day.First, _day.Second);
        }
        else if (IsIso || !IsDay(_day.First))
        {
            (year, month, day) = _day;
        }
        else
        {
            (month, day, year) = _day;
        }

        if (!IsIso)
        {
            year += year switch
            {
                >= 0 and <= 49 => 2000,
                >= 50 and <= 99 => 1900,
                _ => 0,
            };
        }

        days = DaysSinceEpoch(year, month, day);
        return month is >= 1 and <= 12 && IsDay(day);
    }

    private readonly bool TryTime(out long milliseconds)
    {
        var (hour, minute, second, fraction) = _time;
        milliseconds = 0;
        if (HourOffset is { } offset)
        {
            if (hour > 12)
            {
                return false;
            }

            hour = (hour % 12) + offset;
        }

        milliseconds = (((((hour * 60L) + minute) * 60) + second) * 1000) + fraction;
        return (hour <= 23 && minute <= 59 && second <= 59 && fraction <= 999)
            || (hour == 24 && minute <= 0 && second <= 0 && fraction <= 0);
    }

    private static bool IsDay(int number) => number is >= 1 and <= 31;

    /// <summary>Days from 1970-01-01 in the Gregorian calendar extended both ways; days beyond the month roll over.</summary>
    private static long DaysSinceEpoch(long year, int month, int day)
    {
        // Counted from 1 March, so that leap days come last.
        var shifted = month <= 2 ? year - 1 : year;
        var era = (shifted >= 0 ? shifted : shifted - 399) / 400;
        var yearOfEra = shifted - (era * 400);
        var dayOfYear = ((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5;
        return (era * 146_097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear + day - 1 - 719_468;
    }
}
