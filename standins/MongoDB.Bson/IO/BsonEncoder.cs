namespace MongoDB.Bson.IO;

/// <summary>Writes BSON values in their binary form.</summary>
internal static class BsonEncoder
{
    public static void WriteDocument(BsonOutput output, BsonDocument document) => WriteDocument(output, document, depth: 1);

    /// <summary>Writes a name with its type and value.</summary>
    public static void WriteElement(BsonOutput output, string name, BsonValue value, int depth = 1)
    {
        output.WriteByte((byte)value.BsonType);
        output.WriteCString(name);
        WriteValue(output, value, depth);
    }

    public static void WriteValue(BsonOutput output, BsonValue value, int depth)
    {
        switch (value)
        {
            case BsonString text:
                output.WriteString(text.Value);
                break;
            case BsonInt32 number:
                output.WriteInt32(number.Value);
                break;
            case BsonInt64 number:
                output.WriteInt64(number.Value);
                break;
            case BsonDocument document:
                WriteDocument(output, document, depth + 1);
                break;
            case BsonArray array:
                WriteArray(output, array, depth + 1);
                break;
            case BsonObjectId id:
                id.Value.ToByteSpan(output.Advance(12));
                break;
            case BsonBoolean flag:
                output.WriteByte(flag.Value ? (byte)1 : (byte)0);
                break;
            case BsonDateTime time:
                output.WriteInt64(time.MillisecondsSinceEpoch);
                break;
            case BsonDouble number:
                output.WriteDouble(number.Value);
                break;
            case BsonBinaryData data:
                WriteBinary(output, data);
                break;
            default:
                WriteRareValue(output, value, depth);
                break;
        }
    }

    private static void WriteRareValue(BsonOutput output, BsonValue value, int depth)
    {
        switch (value)
        {
            case BsonNull or BsonUndefined or BsonMinKey or BsonMaxKey:
                break;
            case BsonDecimal128 number:
                output.WriteInt64((long)number.Value.GetIEEELowBits());
                output.WriteInt64((long)number.Value.GetIEEEHighBits());
                break;
            case BsonRegularExpression regex:
                output.WriteCString(regex.Pattern);
                output.WriteCString(regex.Options);
                break;
            case BsonTimestamp timestamp:
                output.WriteInt64(timestamp.Value);
                break;
            case BsonSymbol symbol:
                output.WriteString(symbol.Name);
                break;
            case BsonJavaScriptWithScope script:
                var start = output.BeginLength();
                output.WriteString(script.Code);
                WriteDocument(output, script.Scope, depth + 1);
                output.EndLength(start);
                break;
            case BsonJavaScript script:
                output.WriteString(script.Code);
                break;
            default:
                throw new BsonSerializationException($"A value of type {value.GetType().Name} cannot be written.");
        }
    }

    private static void WriteDocument(BsonOutput output, BsonDocument document, int depth)
    {
        ThrowIfTooDeep(depth);
        if (document is RawBsonDocument raw)
        {
            output.WriteBytes(raw.Bytes);
            return;
        }

        var start = output.BeginLength();
        foreach (ref readonly var element in document.ElementSpan)
        {
            WriteElement(output, element.Name, element.Value, depth);
        }

        output.WriteByte(0);
        output.EndLength(start);
    }

    private static void WriteArray(BsonOutput output, BsonArray array, int depth)
    {
        ThrowIfTooDeep(depth);
        if (array is RawBsonArray raw)
        {
            output.WriteBytes(raw.Bytes);
            return;
        }

        var start = output.BeginLength();
        var index = 0;
        foreach (var value in array.ValueSpan)
        {
            output.WriteByte((byte)value.BsonType);
            output.WriteIndexName(index++);
            WriteValue(output, value, depth);
        }

        output.WriteByte(0);
        output.EndLength(start);
    }

    private static void WriteBinary(BsonOutput output, BsonBinaryData data)
    {
        var old = data.SubType == BsonBinarySubType.OldBinary;
        output.WriteInt32(data.Bytes.Length + (old ? sizeof(int) : 0));
        output.WriteByte((byte)data.SubType);
        if (old)
        {
            output.WriteInt32(data.Bytes.Length);
        }

        output.WriteBytes(data.Bytes);
    }

    private static void ThrowIfTooDeep(int depth)
    {
        if (depth > BsonDefaults.MaxSerializationDepth)
        {
            throw new BsonSerializationException("Maximum serialization depth exceeded (does the object being serialized have a circular reference?).");
        }
    }
}
