using System.Globalization;

namespace MongoDB.Bson;

/// <content>Conversions from and to the numbers of .NET.</content>
public readonly partial struct Decimal128
{
    /// <summary>Converts exactly.</summary>
    public static implicit operator Decimal128(decimal value) => new(value);

    /// <summary>Converts exactly.</summary>
    public static implicit operator Decimal128(int value) => new(value);

    /// <summary>Converts exactly.</summary>
    public static implicit operator Decimal128(long value) => new(value);

    /// <summary>Converts exactly.</summary>
    public static implicit operator Decimal128(uint value) => new(value);

    /// <summary>Converts exactly.</summary>
    public static implicit operator Decimal128(ulong value) => new(value);

    /// <summary>Converts by the shortest digits.</summary>
    public static explicit operator Decimal128(double value) => new(value);

    /// <summary>Converts by the shortest digits.</summary>
    public static explicit operator Decimal128(float value) => new(value);

    /// <summary>Converts; out of range is an OverflowException.</summary>
    public static explicit operator decimal(Decimal128 value) => ToDecimal(value);

    /// <summary>Converts to the nearest double.</summary>
    public static explicit operator double(Decimal128 value) => ToDouble(value);

    /// <summary>Converts; out of range is an OverflowException, fractions are cut.</summary>
    public static explicit operator int(Decimal128 value) => ToInt32(value);

    /// <summary>Converts; out of range is an OverflowException, fractions are cut.</summary>
    public static explicit operator long(Decimal128 value) => ToInt64(value);

    /// <summary>Converts; out of range is an OverflowException.</summary>
    public static decimal ToDecimal(Decimal128 d)
    {
        return IsNaN(d) || IsInfinity(d)
            ? throw new OverflowException("Value is outside the range of decimal.")
            : decimal.Parse(d.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>Converts to the nearest double.</summary>
    public static double ToDouble(Decimal128 d)
    {
        if (IsNaN(d))
        {
            return double.NaN;
        }

        if (IsInfinity(d))
        {
            return IsNegative(d) ? double.NegativeInfinity : double.PositiveInfinity;
        }

        return double.Parse(d.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>Converts; out of range is an OverflowException, fractions are cut.</summary>
    public static int ToInt32(Decimal128 d) => checked((int)ToInt64(d));

    /// <summary>Converts; out of range is an OverflowException, fractions are cut.</summary>
    public static long ToInt64(Decimal128 d) => checked((long)ToDecimal(d));
}
