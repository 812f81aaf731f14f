namespace MongoDB.Bson;

/// <content>IConvertible by way of the typed conversions.</content>
public abstract partial class BsonValue : IConvertible
{
    TypeCode IConvertible.GetTypeCode() => BsonType switch
    {
        BsonType.Boolean => TypeCode.Boolean,
        BsonType.DateTime => TypeCode.DateTime,
        BsonType.Double => TypeCode.Double,
        BsonType.Int32 => TypeCode.Int32,
        BsonType.Int64 => TypeCode.Int64,
        BsonType.String => TypeCode.String,
        _ => TypeCode.Object,
    };

    bool IConvertible.ToBoolean(IFormatProvider provider) => ToBoolean();

    byte IConvertible.ToByte(IFormatProvider provider) => checked((byte)ToInt64());

    char IConvertible.ToChar(IFormatProvider provider) => this is BsonString text ? text.Value[0] : checked((char)ToInt64());

    DateTime IConvertible.ToDateTime(IFormatProvider provider) => ToUniversalTime();

    decimal IConvertible.ToDecimal(IFormatProvider provider) => ToDecimal();

    double IConvertible.ToDouble(IFormatProvider provider) => ToDouble();

    short IConvertible.ToInt16(IFormatProvider provider) => checked((short)ToInt64());

    int IConvertible.ToInt32(IFormatProvider provider) => ToInt32();

    long IConvertible.ToInt64(IFormatProvider provider) => ToInt64();

    sbyte IConvertible.ToSByte(IFormatProvider provider) => checked((sbyte)ToInt64());

    float IConvertible.ToSingle(IFormatProvider provider) => (float)ToDouble();

    ushort IConvertible.ToUInt16(IFormatProvider provider) => checked((ushort)ToInt64());

    uint IConvertible.ToUInt32(IFormatProvider provider) => checked((uint)ToInt64());

    ulong IConvertible.ToUInt64(IFormatProvider provider) => checked((ulong)ToInt64());

    string IConvertible.ToString(IFormatProvider provider) => ToString();

    object IConvertible.ToType(Type conversionType, IFormatProvider provider) =>
        conversionType.IsInstanceOfType(this) ? this : Convert.ChangeType(BsonTypeMapper.MapToDotNetValue(this), conversionType, provider);
}
