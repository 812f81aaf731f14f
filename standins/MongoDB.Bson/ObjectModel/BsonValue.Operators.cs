using System.Text.RegularExpressions;

namespace MongoDB.Bson;

/// <content>Conversion operators.</content>
public abstract partial class BsonValue
{
    /// <summary>Wraps a bool.</summary>
    public static implicit operator BsonValue(bool value) => (BsonBoolean)value;

    /// <summary>Wraps a bool, or BsonNull.</summary>
    public static implicit operator BsonValue(bool? value) => value is null ? BsonNull.Value : (BsonValue)value.Value;

    /// <summary>Unwraps a bool.</summary>
    public static explicit operator bool(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.AsBoolean;
    }

    /// <summary>Unwraps a bool, or null.</summary>
    public static explicit operator bool?(BsonValue value) => value is null or BsonNull ? null : value.AsBoolean;

    /// <summary>Wraps a DateTime.</summary>
    public static implicit operator BsonValue(DateTime value) => new BsonDateTime(value);

    /// <summary>Wraps a DateTime, or BsonNull.</summary>
    public static implicit operator BsonValue(DateTime? value) => value is null ? BsonNull.Value : (BsonValue)value.Value;

    /// <summary>Unwraps a DateTime.</summary>
    public static explicit operator DateTime(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.ToUniversalTime();
    }

    /// <summary>Unwraps a DateTime, or null.</summary>
    public static explicit operator DateTime?(BsonValue value) => value is null or BsonNull ? null : value.ToUniversalTime();

    /// <summary>Wraps a decimal.</summary>
    public static implicit operator BsonValue(decimal value) => new BsonDecimal128(value);

    /// <summary>Wraps a decimal, or BsonNull.</summary>
    public static implicit operator BsonValue(decimal? value) => value is null ? BsonNull.Value : (BsonValue)value.Value;

    /// <summary>Unwraps a decimal.</summary>
    public static explicit operator decimal(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.AsDecimal;
    }

    /// <summary>Unwraps a decimal, or null.</summary>
    public static explicit operator decimal?(BsonValue value) => value is null or BsonNull ? null : value.AsDecimal;

    /// <summary>Wraps a Decimal128.</summary>
    public static implicit operator BsonValue(Decimal128 value) => new BsonDecimal128(value);

    /// <summary>Wraps a Decimal128, or BsonNull.</summary>
    public static implicit operator BsonValue(Decimal128? value) => value is null ? BsonNull.Value : (BsonValue)value.Value;

    /// <summary>Unwraps a Decimal128.</summary>
    public static explicit operator Decimal128(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.AsDecimal128;
    }

    /// <summary>Unwraps a Decimal128, or null.</summary>
    public static explicit operator Decimal128?(BsonValue value) => value is null or BsonNull ? null : value.AsDecimal128;

    /// <summary>Wraps a double.</summary>
    public static implicit operator BsonValue(double value) => new BsonDouble(value);

    /// <summary>Wraps a double, or BsonNull.</summary>
    public static implicit operator BsonValue(double? value) => value is null ? BsonNull.Value : (BsonValue)value.Value;

    /// <summary>Unwraps a double.</summary>
    public static explicit operator double(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.AsDouble;
    }

    /// <summary>Unwraps a double, or null.</summary>
    public static explicit operator double?(BsonValue value) => value is null or BsonNull ? null : value.AsDouble;

    /// <summary>Unwraps a Guid.</summary>
    public static explicit operator Guid(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.AsGuid;
    }

    /// <summary>Unwraps a Guid, or null.</summary>
    public static explicit operator Guid?(BsonValue value) => value is null or BsonNull ? null : value.AsGuid;

    /// <summary>Wraps a int.</summary>
    public static implicit operator BsonValue(int value) => (BsonInt32)value;

    /// <summary>Wraps a int, or BsonNull.</summary>
    public static implicit operator BsonValue(int? value) => value is null ? BsonNull.Value : (BsonValue)value.Value;

    /// <summary>Unwraps a int.</summary>
    public static explicit operator int(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.AsInt32;
    }

    /// <summary>Unwraps a int, or null.</summary>
    public static explicit operator int?(BsonValue value) => value is null or BsonNull ? null : value.AsInt32;

    /// <summary>Wraps a long.</summary>
    public static implicit operator BsonValue(long value) => new BsonInt64(value);

    /// <summary>Wraps a long, or BsonNull.</summary>
    public static implicit operator BsonValue(long? value) => value is null ? BsonNull.Value : (BsonValue)value.Value;

    /// <summary>Unwraps a long.</summary>
    public static explicit operator long(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.AsInt64;
    }

    /// <summary>Unwraps a long, or null.</summary>
    public static explicit operator long?(BsonValue value) => value is null or BsonNull ? null : value.AsInt64;

    /// <summary>Wraps a ObjectId.</summary>
    public static implicit operator BsonValue(ObjectId value) => new BsonObjectId(value);

    /// <summary>Wraps a ObjectId, or BsonNull.</summary>
    public static implicit operator BsonValue(ObjectId? value) => value is null ? BsonNull.Value : (BsonValue)value.Value;

    /// <summary>Unwraps a ObjectId.</summary>
    public static explicit operator ObjectId(BsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.AsObjectId;
    }

    /// <summary>Unwraps a ObjectId, or null.</summary>
    public static explicit operator ObjectId?(BsonValue value) => value is null or BsonNull ? null : value.AsObjectId;

    /// <summary>Wraps bytes; null stays null.</summary>
    public static implicit operator BsonValue(byte[] value) => value is null ? null : new BsonBinaryData(value);

    /// <summary>Wraps an enum by its underlying integer.</summary>
    public static implicit operator BsonValue(Enum value) => BsonTypeMapper.MapToBsonValue(value);

    /// <summary>Wraps a regular expression; null stays null.</summary>
    public static implicit operator BsonValue(Regex value) => value is null ? null : new BsonRegularExpression(value);

    /// <summary>Wraps a string; null stays null.</summary>
    public static implicit operator BsonValue(string value) => value is null ? null : (BsonString)value;

    /// <summary>Unwraps bytes.</summary>
    public static explicit operator byte[](BsonValue value) => value?.AsByteArray;

    /// <summary>Unwraps a regular expression.</summary>
    public static explicit operator Regex(BsonValue value) => value?.AsRegex;

    /// <summary>Unwraps a string.</summary>
    public static explicit operator string(BsonValue value) => value?.AsString;
}
