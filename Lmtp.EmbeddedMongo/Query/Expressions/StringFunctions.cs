using System.Globalization;
using System.Text;
using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Expressions;

/// <summary>Expression operators on strings.</summary>
internal static class StringFunctions
{
    /// <summary><c>$concat</c>; null when an argument is null or missing.</summary>
    /// <param name="values">Strings.</param>
    /// <returns>The joined string.</returns>
    public static BsonValue? Concat(BsonValue?[] values) => values.Any(Expression.IsNullish)
        ? BsonNull.Value
        : new BsonString(string.Concat(values.Select(value => value is BsonString text
            ? text.Value
            : throw new CommandException(
                ErrorCode.Location16702,
                $"$concat only supports strings, not {TypeNames.Of(value)}"))));

    /// <summary>A value as the case operators read it; null is empty.</summary>
    /// <param name="value">A string, number, date or nothing.</param>
    /// <returns>The text.</returns>
    public static string Text(BsonValue? value) => Expression.IsNullish(value)
        ? string.Empty
        : value is BsonDocument or BsonArray
            ? throw new CommandException(ErrorCode.Location16007, $"can't convert from BSON type {TypeNames.Of(value)} to String")
            : TextOf(value!);

    /// <summary><c>$toString</c>.</summary>
    /// <param name="values">A simple value.</param>
    /// <returns>Its text.</returns>
    public static BsonValue? Convert(BsonValue?[] values) => values[0] switch
    {
        null or BsonNull or BsonUndefined => BsonNull.Value,
        BsonDocument or BsonArray => throw new CommandException(
            ErrorCode.ConversionFailure,
            $"Unsupported conversion from {TypeNames.Of(values[0])} to string in $convert with no onError value"),
        { } value => new BsonString(TextOf(value)),
    };

    /// <summary><c>$strLenBytes</c>.</summary>
    /// <param name="values">A string.</param>
    /// <returns>Its length in UTF-8.</returns>
    public static BsonValue? LengthInBytes(BsonValue?[] values) => Encoding.UTF8.GetByteCount(RequireText("$strLenBytes", values[0]));

    /// <summary><c>$strLenCP</c>.</summary>
    /// <param name="values">A string.</param>
    /// <returns>Its number of code points.</returns>
    public static BsonValue? LengthInCodePoints(BsonValue?[] values) => RequireText("$strLenCP", values[0]).EnumerateRunes().Count();

    /// <summary><c>$substrCP</c>.</summary>
    /// <param name="values">String, first code point, number of code points.</param>
    /// <returns>The part of the string.</returns>
    public static BsonValue? SubstringOfCodePoints(BsonValue?[] values)
    {
        var start = Numbers.RequireInteger(values[1] ?? BsonNull.Value, "$substrCP");
        var length = Numbers.RequireInteger(values[2] ?? BsonNull.Value, "$substrCP");
        if (start < 0 || length < 0)
        {
            throw new CommandException(ErrorCode.BadValue, "$substrCP: starting index and length must be non-negative");
        }

        var runes = Text(values[0]).EnumerateRunes().Skip((int)Math.Min(int.MaxValue, start)).Take((int)Math.Min(int.MaxValue, length));
        return string.Concat(runes.Select(rune => rune.ToString()));
    }

    /// <summary><c>$split</c>.</summary>
    /// <param name="values">String and separator.</param>
    /// <returns>The parts.</returns>
    public static BsonValue? Split(BsonValue?[] values)
    {
        if (values.Any(Expression.IsNullish))
        {
            return BsonNull.Value;
        }

        var separator = RequireText("$split", values[1]);
        return separator.Length == 0
            ? throw new CommandException(ErrorCode.Location40087, "$split requires a non-empty separator")
            : new BsonArray(RequireText("$split", values[0]).Split(separator, StringSplitOptions.None).Select(part => new BsonString(part)));
    }

    private static string TextOf(BsonValue value) => value switch
    {
        BsonString text => text.Value,
        BsonBoolean boolean => boolean.Value ? "true" : "false",
        BsonObjectId id => id.Value.ToString(),
        BsonDateTime date => DateTimeOffset.FromUnixTimeMilliseconds(date.MillisecondsSinceEpoch)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        BsonDouble number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };

    private static string RequireText(string name, BsonValue? value) => value is BsonString text
        ? text.Value
        : throw new CommandException(ErrorCode.Location34473, $"{name} requires a string argument, found: {TypeNames.Of(value)}");
}
