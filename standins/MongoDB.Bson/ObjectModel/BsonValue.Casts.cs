using System.Text.RegularExpressions;

namespace MongoDB.Bson;

/// <content>Casts and type questions.</content>
public abstract partial class BsonValue
{
    /// <summary>The value as bool; another type is an InvalidCastException.</summary>
    public bool AsBoolean => ((BsonBoolean)this).Value;

    /// <summary>The value as bool, or null.</summary>
    public bool? AsNullableBoolean => BsonType == BsonType.Null ? null : AsBoolean;

    /// <summary>Whether this is a BsonBoolean.</summary>
    public bool IsBoolean => this is BsonBoolean;

    /// <summary>The value as Decimal128; another type is an InvalidCastException.</summary>
    public Decimal128 AsDecimal128 => ((BsonDecimal128)this).Value;

    /// <summary>The value as Decimal128, or null.</summary>
    public Decimal128? AsNullableDecimal128 => BsonType == BsonType.Null ? null : AsDecimal128;

    /// <summary>Whether this is a BsonDecimal128.</summary>
    public bool IsDecimal128 => this is BsonDecimal128;

    /// <summary>The value as double; another type is an InvalidCastException.</summary>
    public double AsDouble => ((BsonDouble)this).Value;

    /// <summary>The value as double, or null.</summary>
    public double? AsNullableDouble => BsonType == BsonType.Null ? null : AsDouble;

    /// <summary>Whether this is a BsonDouble.</summary>
    public bool IsDouble => this is BsonDouble;

    /// <summary>The value as int; another type is an InvalidCastException.</summary>
    public int AsInt32 => ((BsonInt32)this).Value;

    /// <summary>The value as int, or null.</summary>
    public int? AsNullableInt32 => BsonType == BsonType.Null ? null : AsInt32;

    /// <summary>Whether this is a BsonInt32.</summary>
    public bool IsInt32 => this is BsonInt32;

    /// <summary>The value as long; another type is an InvalidCastException.</summary>
    public long AsInt64 => ((BsonInt64)this).Value;

    /// <summary>The value as long, or null.</summary>
    public long? AsNullableInt64 => BsonType == BsonType.Null ? null : AsInt64;

    /// <summary>Whether this is a BsonInt64.</summary>
    public bool IsInt64 => this is BsonInt64;

    /// <summary>The value as ObjectId; another type is an InvalidCastException.</summary>
    public ObjectId AsObjectId => ((BsonObjectId)this).Value;

    /// <summary>The value as ObjectId, or null.</summary>
    public ObjectId? AsNullableObjectId => BsonType == BsonType.Null ? null : AsObjectId;

    /// <summary>Whether this is a BsonObjectId.</summary>
    public bool IsObjectId => this is BsonObjectId;

    /// <summary>This as BsonArray; another type is an InvalidCastException.</summary>
    public BsonArray AsBsonArray => (BsonArray)this;

    /// <summary>Whether this is a BsonArray.</summary>
    public bool IsBsonArray => this is BsonArray;

    /// <summary>This as BsonBinaryData; another type is an InvalidCastException.</summary>
    public BsonBinaryData AsBsonBinaryData => (BsonBinaryData)this;

    /// <summary>Whether this is a BsonBinaryData.</summary>
    public bool IsBsonBinaryData => this is BsonBinaryData;

    /// <summary>This as BsonDateTime; another type is an InvalidCastException.</summary>
    public BsonDateTime AsBsonDateTime => (BsonDateTime)this;

    /// <summary>Whether this is a BsonDateTime.</summary>
    public bool IsBsonDateTime => this is BsonDateTime;

    /// <summary>This as BsonDocument; another type is an InvalidCastException.</summary>
    public BsonDocument AsBsonDocument => (BsonDocument)this;

    /// <summary>Whether this is a BsonDocument.</summary>
    public bool IsBsonDocument => this is BsonDocument;

    /// <summary>This as BsonJavaScript; another type is an InvalidCastException.</summary>
    public BsonJavaScript AsBsonJavaScript => (BsonJavaScript)this;

    /// <summary>Whether this is a BsonJavaScript.</summary>
    public bool IsBsonJavaScript => this is BsonJavaScript;

    /// <summary>This as BsonJavaScriptWithScope; another type is an InvalidCastException.</summary>
    public BsonJavaScriptWithScope AsBsonJavaScriptWithScope => (BsonJavaScriptWithScope)this;

    /// <summary>Whether this is a BsonJavaScriptWithScope.</summary>
    public bool IsBsonJavaScriptWithScope => this is BsonJavaScriptWithScope;

    /// <summary>This as BsonMaxKey; another type is an InvalidCastException.</summary>
    public BsonMaxKey AsBsonMaxKey => (BsonMaxKey)this;

    /// <summary>Whether this is a BsonMaxKey.</summary>
    public bool IsBsonMaxKey => this is BsonMaxKey;

    /// <summary>This as BsonMinKey; another type is an InvalidCastException.</summary>
    public BsonMinKey AsBsonMinKey => (BsonMinKey)this;

    /// <summary>Whether this is a BsonMinKey.</summary>
    public bool IsBsonMinKey => this is BsonMinKey;

    /// <summary>This as BsonNull; another type is an InvalidCastException.</summary>
    public BsonNull AsBsonNull => (BsonNull)this;

    /// <summary>Whether this is a BsonNull.</summary>
    public bool IsBsonNull => this is BsonNull;

    /// <summary>This as BsonRegularExpression; another type is an InvalidCastException.</summary>
    public BsonRegularExpression AsBsonRegularExpression => (BsonRegularExpression)this;

    /// <summary>Whether this is a BsonRegularExpression.</summary>
    public bool IsBsonRegularExpression => this is BsonRegularExpression;

    /// <summary>This as BsonSymbol; another type is an InvalidCastException.</summary>
    public BsonSymbol AsBsonSymbol => (BsonSymbol)this;

    /// <summary>Whether this is a BsonSymbol.</summary>
    public bool IsBsonSymbol => this is BsonSymbol;

    /// <summary>This as BsonTimestamp; another type is an InvalidCastException.</summary>
    public BsonTimestamp AsBsonTimestamp => (BsonTimestamp)this;

    /// <summary>Whether this is a BsonTimestamp.</summary>
    public bool IsBsonTimestamp => this is BsonTimestamp;

    /// <summary>This as BsonUndefined; another type is an InvalidCastException.</summary>
    public BsonUndefined AsBsonUndefined => (BsonUndefined)this;

    /// <summary>Whether this is a BsonUndefined.</summary>
    public bool IsBsonUndefined => this is BsonUndefined;

    /// <summary>This.</summary>
    public BsonValue AsBsonValue => this;

    /// <summary>The bytes of binary data.</summary>
    public byte[] AsByteArray => ((BsonBinaryData)this).Bytes;

    /// <summary>The value as decimal.</summary>
    public decimal AsDecimal => (decimal)((BsonDecimal128)this).Value;

    /// <summary>The value as decimal, or null.</summary>
    public decimal? AsNullableDecimal => BsonType == BsonType.Null ? null : AsDecimal;

    /// <summary>The binary data as Guid.</summary>
    public Guid AsGuid => ((BsonBinaryData)this).ToGuid();

    /// <summary>The binary data as Guid, or null.</summary>
    public Guid? AsNullableGuid => BsonType == BsonType.Null ? null : AsGuid;

    /// <summary>Whether this is binary data of the standard UUID subtype.</summary>
    public bool IsGuid => this is BsonBinaryData { SubType: BsonBinarySubType.UuidStandard };

    /// <summary>Whether this is a number.</summary>
    public bool IsNumeric => this is BsonDouble or BsonInt32 or BsonInt64 or BsonDecimal128;

    /// <summary>Whether this is a BsonString.</summary>
    public bool IsString => this is BsonString;

    /// <summary>The value as string; another type is an InvalidCastException.</summary>
    public string AsString => ((BsonString)this).Value;

    /// <summary>The regular expression as Regex.</summary>
    public Regex AsRegex => ((BsonRegularExpression)this).ToRegex();
}
