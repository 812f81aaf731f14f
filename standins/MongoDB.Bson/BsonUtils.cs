namespace MongoDB.Bson;

/// <summary>Small conversions around BSON values.</summary>
public static class BsonUtils
{
    /// <summary>Reads hexadecimal digits; anything else is a FormatException.</summary>
    public static byte[] ParseHexString(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParseHexString(s, out var bytes) ? bytes : throw new FormatException("String should contain only hexadecimal digits.");
    }

    /// <summary>Reads hexadecimal digits.</summary>
    public static bool TryParseHexString(string s, out byte[] bytes)
    {
        bytes = null;
        if (s is null)
        {
            return false;
        }

        var digits = s.Length % 2 == 0 ? s : "0" + s;
        var buffer = new byte[digits.Length / 2];
        if (Convert.FromHexString(digits, buffer, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        bytes = buffer;
        return true;
    }

    /// <summary>Lower-case hexadecimal digits.</summary>
    public static string ToHexString(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>The digit of a value of 0 to 15.</summary>
    public static char ToHexChar(int value) => (char)(value + (value < 10 ? '0' : 'a' - 10));

    /// <summary>The UTC moment; out of the range of DateTime is an ArgumentOutOfRangeException.</summary>
    public static DateTime ToDateTimeFromMillisecondsSinceEpoch(long millisecondsSinceEpoch)
    {
        if (millisecondsSinceEpoch < BsonConstants.DateTimeMinValueMillisecondsSinceEpoch
            || millisecondsSinceEpoch > BsonConstants.DateTimeMaxValueMillisecondsSinceEpoch)
        {
            throw new ArgumentOutOfRangeException(
                nameof(millisecondsSinceEpoch),
                $"The value {millisecondsSinceEpoch} for the BsonDateTime MillisecondsSinceEpoch is outside the range that can be converted to a .NET DateTime.");
        }

        return millisecondsSinceEpoch == BsonConstants.DateTimeMaxValueMillisecondsSinceEpoch
            ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)
            : DateTime.UnixEpoch.AddTicks(millisecondsSinceEpoch * TimeSpan.TicksPerMillisecond);
    }

    /// <summary>Local time; the extremes stay as they are.</summary>
    public static DateTime ToLocalTime(DateTime dateTime) => IsExtreme(dateTime) ? DateTime.SpecifyKind(dateTime, DateTimeKind.Local) : dateTime.ToLocalTime();

    /// <summary>UTC; the extremes stay as they are, unspecified times are taken as local.</summary>
    public static DateTime ToUniversalTime(DateTime dateTime) => IsExtreme(dateTime) ? DateTime.SpecifyKind(dateTime, DateTimeKind.Utc) : dateTime.ToUniversalTime();

    /// <summary>Milliseconds since the Unix epoch, rounded down.</summary>
    public static long ToMillisecondsSinceEpoch(DateTime dateTime)
    {
        return (ToUniversalTime(dateTime) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
    }

    /// <summary>Seconds since the Unix epoch.</summary>
    public static long ToSecondsSinceEpoch(DateTime dateTime)
    {
        return (ToUniversalTime(dateTime) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
    }

    private static bool IsExtreme(DateTime dateTime) => dateTime == DateTime.MinValue || dateTime == DateTime.MaxValue;
}
