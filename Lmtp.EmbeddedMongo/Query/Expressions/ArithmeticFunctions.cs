using System.Globalization;
using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Expressions;

/// <summary>Arithmetic expression operators. Null and missing operands make the result null.</summary>
internal static class ArithmeticFunctions
{
    /// <summary><c>$add</c>, of numbers and at most one date.</summary>
    /// <param name="values">The summands.</param>
    /// <returns>The sum.</returns>
    public static BsonValue? Add(BsonValue?[] values)
    {
        if (values.Any(Expression.IsNullish))
        {
            return BsonNull.Value;
        }

        BsonValue total = new BsonInt32(0);
        BsonDateTime? date = null;
        foreach (var value in values)
        {
            if (value is BsonDateTime summand && date is null)
            {
                date = summand;
            }
            else
            {
                total = Numbers.Add(total, RequireNumber("$add", value));
            }
        }

        return date is null
            ? total
            : new BsonDateTime(date.MillisecondsSinceEpoch + (long)Math.Round(Numbers.ToDouble(total)));
    }

    /// <summary><c>$subtract</c>, of numbers, dates, or a number from a date.</summary>
    /// <param name="values">Minuend and subtrahend.</param>
    /// <returns>The difference; milliseconds between dates.</returns>
    public static BsonValue? Subtract(BsonValue?[] values)
    {
        if (values.Any(Expression.IsNullish))
        {
            return BsonNull.Value;
        }

        if (values[0] is BsonDateTime minuend)
        {
            return values[1] is BsonDateTime subtrahend
                ? new BsonInt64(minuend.MillisecondsSinceEpoch - subtrahend.MillisecondsSinceEpoch)
                : new BsonDateTime(minuend.MillisecondsSinceEpoch - (long)Math.Round(Numbers.ToDouble(RequireNumber("$subtract", values[1]))));
        }

        var right = RequireNumber("$subtract", values[1]);
        Numbers.TryMultiply(right, new BsonInt32(-1), out var negated);
        return Numbers.Add(RequireNumber("$subtract", values[0]), negated);
    }

    /// <summary><c>$multiply</c>.</summary>
    /// <param name="values">The factors.</param>
    /// <returns>The product.</returns>
    public static BsonValue? Multiply(BsonValue?[] values)
    {
        if (values.Any(Expression.IsNullish))
        {
            return BsonNull.Value;
        }

        BsonValue product = new BsonInt32(1);
        foreach (var value in values)
        {
            Numbers.TryMultiply(product, RequireNumber("$multiply", value), out product);
        }

        return product;
    }

    /// <summary><c>$divide</c>.</summary>
    /// <param name="values">Dividend and divisor.</param>
    /// <returns>The quotient as a double.</returns>
    public static BsonValue? Divide(BsonValue?[] values)
    {
        if (values.Any(Expression.IsNullish))
        {
            return BsonNull.Value;
        }

        var divisor = Numbers.ToDouble(RequireNumber("$divide", values[1]));
        return divisor == 0
            ? throw new CommandException(ErrorCode.BadValue, "can't $divide by zero")
            : new BsonDouble(Numbers.ToDouble(RequireNumber("$divide", values[0])) / divisor);
    }

    /// <summary><c>$mod</c>.</summary>
    /// <param name="values">Dividend and divisor.</param>
    /// <returns>The remainder with the dividend's sign.</returns>
    public static BsonValue? Modulo(BsonValue?[] values)
    {
        if (values.Any(Expression.IsNullish))
        {
            return BsonNull.Value;
        }

        var dividend = RequireNumber("$mod", values[0]);
        var divisor = RequireNumber("$mod", values[1]);
        if (Numbers.ToDouble(divisor) == 0)
        {
            throw new CommandException(ErrorCode.Location16610, "can't $mod by zero");
        }

        if (!Numbers.IsInteger(dividend) || !Numbers.IsInteger(divisor))
        {
            return new BsonDouble(Numbers.ToDouble(dividend) % Numbers.ToDouble(divisor));
        }

        var remainder = Numbers.ToInt64(divisor) == -1 ? 0 : Numbers.ToInt64(dividend) % Numbers.ToInt64(divisor);
        return dividend.BsonType == BsonType.Int32 && divisor.BsonType == BsonType.Int32
            ? new BsonInt32((int)remainder)
            : new BsonInt64(remainder);
    }

    /// <summary><c>$abs</c>.</summary>
    /// <param name="values">A number.</param>
    /// <returns>Its magnitude.</returns>
    public static BsonValue? Abs(BsonValue?[] values)
    {
        if (Expression.IsNullish(values[0]))
        {
            return BsonNull.Value;
        }

        var number = RequireNumber("$abs", values[0]);
        if (Numbers.ToDouble(number) >= 0)
        {
            return number;
        }

        Numbers.TryMultiply(number, new BsonInt32(-1), out var negated);
        return negated;
    }

    /// <summary><c>$ceil</c> and <c>$floor</c>.</summary>
    /// <param name="name">The operator's name.</param>
    /// <param name="values">A number.</param>
    /// <param name="round">The rounding.</param>
    /// <returns>The rounded number, of the same type.</returns>
    public static BsonValue? Round(string name, BsonValue?[] values, Func<double, double> round)
    {
        if (Expression.IsNullish(values[0]))
        {
            return BsonNull.Value;
        }

        var number = RequireNumber(name, values[0]);
        return Numbers.IsInteger(number) ? number : new BsonDouble(round(Numbers.ToDouble(number)));
    }

    /// <summary><c>$sum</c>, which leaves out what is not a number.</summary>
    /// <param name="values">Values, or one array of them.</param>
    /// <returns>The sum.</returns>
    public static BsonValue Sum(BsonValue?[] values) =>
        Flatten(values).Where(Numbers.IsNumber).Aggregate((BsonValue)new BsonInt32(0), (total, value) => Numbers.Add(total, value!));

    /// <summary><c>$avg</c>, which leaves out what is not a number.</summary>
    /// <param name="values">Values, or one array of them.</param>
    /// <returns>The mean; null (BSON) of nothing.</returns>
    public static BsonValue Average(BsonValue?[] values)
    {
        var numbers = Flatten(values).Where(Numbers.IsNumber).Select(value => Numbers.ToDouble(value!)).ToArray();
        return numbers.Length == 0 ? BsonNull.Value : new BsonDouble(numbers.Average());
    }

    /// <summary><c>$toInt</c> and <c>$toLong</c>.</summary>
    /// <param name="type"><c>int</c> or <c>long</c>.</param>
    /// <param name="values">A number, boolean, date or text.</param>
    /// <returns>The integer.</returns>
    public static BsonValue? ToInteger(string type, BsonValue?[] values)
    {
        if (Expression.IsNullish(values[0]))
        {
            return BsonNull.Value;
        }

        long? number = values[0] switch
        {
            BsonBoolean boolean => boolean.Value ? 1 : 0,
            BsonDateTime date when type == "long" => date.MillisecondsSinceEpoch,
            BsonString text when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) => parsed,
            { } value when Numbers.IsInteger(value) => Numbers.ToInt64(value),
            { } value when Numbers.IsNumber(value) && Math.Abs(Numbers.ToDouble(value)) < long.MaxValue => (long)Numbers.ToDouble(value),
            _ => null,
        };
        if (number is null || (type == "int" && number is < int.MinValue or > int.MaxValue))
        {
            throw ConversionFailure(values[0], type);
        }

        return type == "int" ? new BsonInt32((int)number.Value) : new BsonInt64(number.Value);
    }

    /// <summary><c>$toDouble</c>.</summary>
    /// <param name="values">A number, boolean, date or text.</param>
    /// <returns>The double.</returns>
    public static BsonValue? ToDouble(BsonValue?[] values) => values[0] switch
    {
        null or BsonNull or BsonUndefined => BsonNull.Value,
        BsonBoolean boolean => new BsonDouble(boolean.Value ? 1 : 0),
        BsonDateTime date => new BsonDouble(date.MillisecondsSinceEpoch),
        BsonString text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) => new BsonDouble(parsed),
        { } value when Numbers.IsNumber(value) => new BsonDouble(Numbers.ToDouble(value)),
        { } value => throw ConversionFailure(value, "double"),
    };

    /// <summary>The values of an operator that takes either a list of values or one array.</summary>
    /// <param name="values">The arguments.</param>
    /// <returns>The values.</returns>
    public static IEnumerable<BsonValue?> Flatten(BsonValue?[] values) =>
        values is [BsonArray array] ? array : values;

    private static CommandException ConversionFailure(BsonValue? value, string type) => new(
        ErrorCode.ConversionFailure,
        $"Failed to convert {TypeNames.Show(value)} of type {TypeNames.Of(value)} to {type} in $convert with no onError value");

    private static BsonValue RequireNumber(string name, BsonValue? value) =>
        Numbers.IsNumber(value)
            ? value!
            : throw new CommandException(
                ErrorCode.TypeMismatch,
                $"{name} only supports numeric or date types, not {TypeNames.Of(value)}");
}
