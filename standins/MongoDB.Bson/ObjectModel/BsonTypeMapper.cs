using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MongoDB.Bson;

/// <summary>Maps between .NET values and BSON values.</summary>
public static class BsonTypeMapper
{
    /// <summary>The BSON value of a .NET value; one that has none is an ArgumentException.</summary>
    public static BsonValue MapToBsonValue(object value)
    {
        return TryMapToBsonValue(value, out var mapped)
            ? mapped
            : throw new ArgumentException($".NET type {value.GetType().FullName} cannot be mapped to a BsonValue.", nameof(value));
    }

    /// <summary>The BSON value of a .NET value, of exactly that type.</summary>
    public static BsonValue MapToBsonValue(object value, BsonType bsonType)
    {
        var mapped = value switch
        {
            string text when bsonType == BsonType.ObjectId => new BsonObjectId(new ObjectId(text)),
            string text when bsonType == BsonType.JavaScript => new BsonJavaScript(text),
            string text when bsonType == BsonType.Symbol => new BsonSymbol(text),
            string text when bsonType == BsonType.RegularExpression => new BsonRegularExpression(text),
            string text when bsonType == BsonType.DateTime => new BsonDateTime(DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)),
            long ticks when bsonType == BsonType.Timestamp => new BsonTimestamp(ticks),
            _ when bsonType == BsonType.Boolean && value is not BsonValue => (BsonBoolean)Convert.ToBoolean(value, CultureInfo.InvariantCulture),
            _ when bsonType == BsonType.Int32 && value is not BsonValue => (BsonInt32)Convert.ToInt32(value, CultureInfo.InvariantCulture),
            _ when bsonType == BsonType.Int64 && value is not BsonValue => (BsonInt64)Convert.ToInt64(value, CultureInfo.InvariantCulture),
            _ when bsonType == BsonType.Double && value is not BsonValue => (BsonDouble)Convert.ToDouble(value, CultureInfo.InvariantCulture),
            _ => MapToBsonValue(value),
        };
        return mapped.BsonType == bsonType
            ? mapped
            : throw new ArgumentException($".NET type {value.GetType().FullName} cannot be mapped to BsonType {bsonType}.", nameof(value));
    }

    /// <summary>The .NET value of a BSON value.</summary>
    public static object MapToDotNetValue(BsonValue bsonValue)
    {
        ArgumentNullException.ThrowIfNull(bsonValue);
        return bsonValue switch
        {
            BsonArray array => array.Select(MapToDotNetValue).ToList(),
            BsonDocument document => document.ToDictionary(),
            BsonBinaryData { SubType: BsonBinarySubType.Binary or BsonBinarySubType.OldBinary } data => data.Bytes,
            BsonBinaryData { SubType: BsonBinarySubType.UuidStandard } data => data.ToGuid(),
            BsonBoolean flag => flag.Value,
            BsonDateTime { IsValidDateTime: true } time => time.ToUniversalTime(),
            BsonDecimal128 number => number.Value,
            BsonDouble number => number.Value,
            BsonInt32 number => number.Value,
            BsonInt64 number => number.Value,
            BsonNull => null,
            BsonObjectId id => id.Value,
            BsonString text => text.Value,
            _ => bsonValue,
        };
    }

    /// <summary>The BSON value of a .NET value, if it has one.</summary>
    public static bool TryMapToBsonValue(object value, out BsonValue bsonValue)
    {
        bsonValue = value switch
        {
            null => BsonNull.Value,
            BsonValue mapped => mapped,
            bool flag => (BsonBoolean)flag,
            byte or sbyte or short or ushort or int => (BsonInt32)Convert.ToInt32(value, CultureInfo.InvariantCulture),
            uint or long => (BsonInt64)Convert.ToInt64(value, CultureInfo.InvariantCulture),
            ulong number => (BsonInt64)(long)number,
            float or double => (BsonDouble)Convert.ToDouble(value, CultureInfo.InvariantCulture),
            decimal number => new BsonDecimal128(number),
            Decimal128 number => new BsonDecimal128(number),
            char letter => (BsonString)letter.ToString(),
            string text => (BsonString)text,
            DateTime time => new BsonDateTime(time),
            DateTimeOffset time => new BsonDateTime(time.UtcDateTime),
            ObjectId id => new BsonObjectId(id),
            byte[] bytes => new BsonBinaryData(bytes),
            Regex regex => new BsonRegularExpression(regex),
            Guid guid => new BsonBinaryData(guid, GuidRepresentation.Standard),
            Enum constant => MapToBsonValue(Convert.ChangeType(constant, Enum.GetUnderlyingType(constant.GetType()), CultureInfo.InvariantCulture)),
            IConvertibleToBsonDocument convertible => convertible.ToBsonDocument(),
            IDictionary dictionary => new BsonDocument(dictionary),
            IEnumerable<KeyValuePair<string, object>> pairs => new BsonDocument(pairs),
            IEnumerable values => new BsonArray(values),
            _ => null,
        };
        return bsonValue is not null;
    }
}
