using System.Globalization;
using Lmtp.EmbeddedMongo.Commands;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Values;

/// <summary>
/// Arithmetic over BSON numbers with MongoDB's result types: the wider operand decides, int32 grows into int64, and
/// what does not fit int64 is a double (in expressions) or an error (in updates).
/// </summary>
internal static class Numbers
{
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>Whether the value is a number.</summary>
    /// <param name="value">The value, null when missing.</param>
    /// <returns>True for int32, int64, double and decimal.</returns>
    public static bool IsNumber(BsonValue? value) =>
        value?.BsonType is BsonType.Int32 or BsonType.Int64 or BsonType.Double or BsonType.Decimal128;

    /// <summary>Compares two numbers by value, exactly, whatever their types; NaN is below all others.</summary>
    /// <param name="x">A number.</param>
    /// <param name="y">A number.</param>
    /// <returns>Negative, zero or positive.</returns>
    public static int Compare(BsonValue x, BsonValue y)
    {
        if (IsInteger(x) && IsInteger(y))
        {
            return ToInt64(x).CompareTo(ToInt64(y));
        }

        if (x.BsonType == BsonType.Decimal128 || y.BsonType == BsonType.Decimal128)
        {
            return TryToDecimal(x, out var a) && TryToDecimal(y, out var b)
                ? a.CompareTo(b)
                : ToDouble(x).CompareTo(ToDouble(y));
        }

        if (x.BsonType == BsonType.Double && y.BsonType == BsonType.Double)
        {
            return CompareDoubles(x.AsDouble, y.AsDouble);
        }

        return x.BsonType == BsonType.Double
            ? -CompareInt64ToDouble(ToInt64(y), x.AsDouble)
            : CompareInt64ToDouble(ToInt64(x), y.AsDouble);
    }

    /// <summary>Adds; int64 overflow gives a double.</summary>
    /// <param name="x">A number.</param>
    /// <param name="y">A number.</param>
    /// <returns>The sum.</returns>
    public static BsonValue Add(BsonValue x, BsonValue y) =>
        TryAdd(x, y, out var sum) ? sum : new BsonDouble(ToDouble(x) + ToDouble(y));

    /// <summary>Adds, unless int64 is too narrow for the sum.</summary>
    /// <param name="x">A number.</param>
    /// <param name="y">A number.</param>
    /// <param name="sum">The sum.</param>
    /// <returns>False when two integers overflow int64.</returns>
    public static bool TryAdd(BsonValue x, BsonValue y, out BsonValue sum)
    {
        switch (ResultType(x, y))
        {
            case BsonType.Decimal128:
                sum = Decimal(x, y, static (a, b) => a + b, static (a, b) => a + b);
                return true;
            case BsonType.Double:
                sum = new BsonDouble(ToDouble(x) + ToDouble(y));
                return true;
            default:
                var a = ToInt64(x);
                var b = ToInt64(y);
                var total = unchecked(a + b);
                sum = Integer(total, x, y);
                return ((a ^ total) & (b ^ total)) >= 0;
        }
    }

    /// <summary>Multiplies, unless int64 is too narrow for the product.</summary>
    /// <param name="x">A number.</param>
    /// <param name="y">A number.</param>
    /// <param name="product">The product.</param>
    /// <returns>False when two integers overflow int64.</returns>
    public static bool TryMultiply(BsonValue x, BsonValue y, out BsonValue product)
    {
        switch (ResultType(x, y))
        {
            case BsonType.Decimal128:
                product = Decimal(x, y, static (a, b) => a * b, static (a, b) => a * b);
                return true;
            case BsonType.Double:
                product = new BsonDouble(ToDouble(x) * ToDouble(y));
                return true;
            default:
                var total = (Int128)ToInt64(x) * ToInt64(y);
                var fits = total >= long.MinValue && total <= long.MaxValue;
                product = fits ? Integer((long)total, x, y) : new BsonDouble((double)total);
                return fits;
        }
    }

    /// <summary>Whether the value is int32 or int64.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True for an integer type.</returns>
    public static bool IsInteger(BsonValue value) => value.BsonType is BsonType.Int32 or BsonType.Int64;

    /// <summary>An integer's value.</summary>
    /// <param name="value">An int32 or int64.</param>
    /// <returns>The value.</returns>
    public static long ToInt64(BsonValue value) =>
        value.BsonType == BsonType.Int32 ? value.AsInt32 : value.AsInt64;

    /// <summary>A number as a double, rounded where need be.</summary>
    /// <param name="value">A number.</param>
    /// <returns>The nearest double.</returns>
    public static double ToDouble(BsonValue value) => value.BsonType switch
    {
        BsonType.Int32 => value.AsInt32,
        BsonType.Int64 => value.AsInt64,
        BsonType.Double => value.AsDouble,
        _ => double.TryParse(value.AsDecimal128.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN,
    };

    /// <summary>A number that stands for a count or a size, such as a limit.</summary>
    /// <param name="value">The value as the client sent it.</param>
    /// <param name="field">The name of the field, for the error text.</param>
    /// <returns>The number.</returns>
    /// <exception cref="CommandException">The value is not a number or has a fraction.</exception>
    public static long RequireInteger(BsonValue value, string field)
    {
        if (IsInteger(value))
        {
            return ToInt64(value);
        }

        if (!IsNumber(value))
        {
            throw new CommandException(
                ErrorCode.TypeMismatch,
                $"BSON field '{field}' is the wrong type '{TypeNames.Of(value)}', expected types '[long, int, decimal, double]'");
        }

        var number = ToDouble(value);
        if (double.IsNaN(number) || number != Math.Truncate(number) || Math.Abs(number) >= TwoTo63)
        {
            throw new CommandException(ErrorCode.FailedToParse, $"Expected an integer: {field}: {TypeNames.Show(value)}");
        }

        return (long)number;
    }

    private static BsonType ResultType(BsonValue x, BsonValue y)
    {
        if (x.BsonType == BsonType.Decimal128 || y.BsonType == BsonType.Decimal128)
        {
            return BsonType.Decimal128;
        }

        return x.BsonType == BsonType.Double || y.BsonType == BsonType.Double ? BsonType.Double : BsonType.Int64;
    }

    private static BsonValue Integer(long total, BsonValue x, BsonValue y) =>
        x.BsonType == BsonType.Int32 && y.BsonType == BsonType.Int32 && total is >= int.MinValue and <= int.MaxValue
            ? new BsonInt32((int)total)
            : new BsonInt64(total);

    private static BsonDecimal128 Decimal(
        BsonValue x,
        BsonValue y,
        Func<decimal, decimal, decimal> exact,
        Func<double, double, double> rounded)
    {
        if (TryToDecimal(x, out var a) && TryToDecimal(y, out var b))
        {
            try
            {
                return new BsonDecimal128(new Decimal128(exact(a, b)));
            }
            catch (OverflowException)
            {
                // Beyond 28 digits the nearest double decides.
            }
        }

        var nearest = rounded(ToDouble(x), ToDouble(y));
        return new BsonDecimal128(Decimal128.Parse(nearest.ToString("R", CultureInfo.InvariantCulture)));
    }

    private static bool TryToDecimal(BsonValue value, out decimal number)
    {
        try
        {
            number = value.BsonType switch
            {
                BsonType.Int32 => value.AsInt32,
                BsonType.Int64 => value.AsInt64,
                BsonType.Double => (decimal)value.AsDouble,
                _ => Decimal128.ToDecimal(value.AsDecimal128),
            };
            return true;
        }
        catch (OverflowException)
        {
            number = 0;
            return false;
        }
    }

    private static int CompareDoubles(double x, double y) => x.CompareTo(y);

    private static int CompareInt64ToDouble(long x, double y)
    {
        if (double.IsNaN(y))
        {
            return 1;
        }

        if (y >= TwoTo63)
        {
            return -1;
        }

        if (y < -TwoTo63)
        {
            return 1;
        }

        var whole = (long)y;
        var byWhole = x.CompareTo(whole);
        return byWhole != 0 ? byWhole : 0.0.CompareTo(y - whole);
    }
}
