namespace MongoDB.Bson.IO;

/// <summary>Reads binary BSON into the object model.</summary>
internal static class BsonDecoder
{
    /// <summary>Deeper data is refused, so that it cannot exhaust the stack.</summary>
    private const int MaxDepth = 500;

    /// <summary>Reads exactly one document that fills the bytes.</summary>
    public static BsonDocument ReadDocument(ReadOnlySpan<byte> bytes, bool allowDuplicateNames = false)
    {
        var reader = new BsonSpanReader(bytes);
        return ReadDocument(reader.ReadDocumentBytes(), allowDuplicateNames, depth: 1);
    }

    /// <summary>Reads the value at the reader's position.</summary>
    public static BsonValue ReadValue(ref BsonSpanReader reader, BsonType type, bool allowDuplicateNames = false, int depth = 1)
    {
        return type switch
        {
            BsonType.String => (BsonString)reader.ReadString(),
            BsonType.Int32 => (BsonInt32)reader.ReadInt32(),
            BsonType.Int64 => new BsonInt64(reader.ReadInt64()),
            BsonType.Document => ReadDocument(reader.ReadDocumentBytes(), allowDuplicateNames, depth + 1),
            BsonType.Array => ReadArray(reader.ReadDocumentBytes(), allowDuplicateNames, depth + 1),
            BsonType.ObjectId => new BsonObjectId(new ObjectId(reader.Take(12))),
            BsonType.Boolean => (BsonBoolean)reader.ReadBoolean(),
            BsonType.DateTime => new BsonDateTime(reader.ReadInt64()),
            BsonType.Double => new BsonDouble(reader.ReadDouble()),
            BsonType.Binary => ReadBinary(ref reader),
            BsonType.Null => BsonNull.Value,
            BsonType.Undefined => BsonUndefined.Value,
            BsonType.MinKey => BsonMinKey.Value,
            BsonType.MaxKey => BsonMaxKey.Value,
            BsonType.RegularExpression => ReadRegularExpression(ref reader),
            BsonType.Timestamp => new BsonTimestamp(reader.ReadInt64()),
            BsonType.Decimal128 => ReadDecimal128(ref reader),
            BsonType.JavaScript => new BsonJavaScript(reader.ReadString()),
            BsonType.Symbol => new BsonSymbol(reader.ReadString()),
            BsonType.JavaScriptWithScope => ReadJavaScriptWithScope(ref reader, allowDuplicateNames, depth),
            _ => throw new FormatException($"Unexpected BSON type {type}."),
        };
    }

    private static BsonDocument ReadDocument(ReadOnlySpan<byte> bytes, bool allowDuplicateNames, int depth)
    {
        ThrowIfTooDeep(depth);
        var document = new BsonDocument(allowDuplicateNames);
        var reader = new BsonSpanReader(bytes);
        reader.Take(sizeof(int));
        BsonType type;
        while ((type = reader.ReadType()) != BsonType.EndOfDocument)
        {
            var name = reader.ReadName();
            document.Add(name, ReadValue(ref reader, type, allowDuplicateNames, depth));
        }

        ThrowUnlessAtEnd(reader);
        return document;
    }

    private static BsonArray ReadArray(ReadOnlySpan<byte> bytes, bool allowDuplicateNames, int depth)
    {
        ThrowIfTooDeep(depth);
        var array = new BsonArray();
        var reader = new BsonSpanReader(bytes);
        reader.Take(sizeof(int));
        BsonType type;
        while ((type = reader.ReadType()) != BsonType.EndOfDocument)
        {
            reader.ReadCStringBytes();
            array.Add(ReadValue(ref reader, type, allowDuplicateNames, depth));
        }

        ThrowUnlessAtEnd(reader);
        return array;
    }

    private static BsonBinaryData ReadBinary(ref BsonSpanReader reader)
    {
        var length = reader.ReadInt32();
        var subType = (BsonBinarySubType)reader.ReadByte();
        if (subType == BsonBinarySubType.OldBinary)
        {
            var inner = reader.ReadInt32();
            if (inner != length - sizeof(int))
            {
                throw new FormatException("Binary sub type OldBinary has inconsistent sizes");
            }

            length = inner;
        }

        var bytes = reader.Take(length);
        if (subType is BsonBinarySubType.UuidStandard or BsonBinarySubType.UuidLegacy && length != 16)
        {
            throw new FormatException($"Length must be 16, not {length}, when subType is {subType}.");
        }

        return new BsonBinaryData(bytes.ToArray(), subType);
    }

    private static BsonRegularExpression ReadRegularExpression(ref BsonSpanReader reader)
    {
        var pattern = reader.ReadCString();
        return new BsonRegularExpression(pattern, reader.ReadCString());
    }

    private static BsonDecimal128 ReadDecimal128(ref BsonSpanReader reader)
    {
        var low = (ulong)reader.ReadInt64();
        return new BsonDecimal128(Decimal128.FromIEEEBits((ulong)reader.ReadInt64(), low));
    }

    private static BsonJavaScriptWithScope ReadJavaScriptWithScope(ref BsonSpanReader reader, bool allowDuplicateNames, int depth)
    {
        var start = reader.Position;
        var size = reader.ReadInt32();
        var code = reader.ReadString();
        var scope = ReadDocument(reader.ReadDocumentBytes(), allowDuplicateNames, depth + 1);
        return reader.Position - start == size
            ? new BsonJavaScriptWithScope(code, scope)
            : throw new FormatException($"Expected size to be {size}, not {reader.Position - start}.");
    }

    private static void ThrowUnlessAtEnd(in BsonSpanReader reader)
    {
        if (!reader.AtEnd)
        {
            throw new FormatException("The document ends before its length says so.");
        }
    }

    private static void ThrowIfTooDeep(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException($"The document nests deeper than {MaxDepth} levels.");
        }
    }
}
