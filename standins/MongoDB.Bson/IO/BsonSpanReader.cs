using System.Buffers.Binary;
using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Reads the primitives of BSON from memory; every length is checked before it is used.</summary>
internal ref struct BsonSpanReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly bool AtEnd => Position == _bytes.Length;

    public ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)(_bytes.Length - Position))
        {
            throw new EndOfStreamException("The BSON data ends in the middle of a value.");
        }

        var span = _bytes.Slice(Position, count);
        Position += count;
        return span;
    }

    public byte ReadByte() => Take(1)[0];

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public bool ReadBoolean()
    {
        var value = ReadByte();
        return value <= 1 ? value == 1 : throw new FormatException($"Invalid BsonBoolean value: {value}.");
    }

    public BsonType ReadType()
    {
        var type = (BsonType)ReadByte();
        return type is <= BsonType.RegularExpression or (>= BsonType.JavaScript and <= BsonType.Decimal128) or BsonType.MinKey or BsonType.MaxKey
            ? type
            : throw new FormatException($"Detected unknown BSON type \"\\x{(int)type:x2}\". Are you using the latest driver version?");
    }

    /// <summary>The bytes of a name without its end.</summary>
    public ReadOnlySpan<byte> ReadCStringBytes()
    {
        var length = _bytes[Position..].IndexOf((byte)0);
        if (length < 0)
        {
            throw new EndOfStreamException("The BSON data ends in the middle of a name.");
        }

        var span = _bytes.Slice(Position, length);
        Position += length + 1;
        return span;
    }

    public string ReadName() => ElementNames.Get(ReadCStringBytes());

    public string ReadCString() => StrictUtf8.GetString(ReadCStringBytes());

    public string ReadString()
    {
        var length = ReadInt32();
        if (length < 1)
        {
            throw new FormatException($"Invalid string length: {length} (the length includes the null terminator so it must be greater than or equal to 1).");
        }

        var span = Take(length);
        return span[^1] == 0
            ? StrictUtf8.GetString(span[..^1])
            : throw new FormatException("String is missing terminating null byte.");
    }

    /// <summary>The bytes of a document or array, its length and end included.</summary>
    public ReadOnlySpan<byte> ReadDocumentBytes()
    {
        var size = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
        if (size < 5)
        {
            throw new FormatException($"Invalid document size: {size} bytes.");
        }

        Position -= sizeof(int);
        var span = Take(size);
        return span[^1] == 0 ? span : throw new FormatException("The document does not end with a null byte.");
    }

    /// <summary>Steps over a value.</summary>
    public void Skip(BsonType type)
    {
        switch (type)
        {
            case BsonType.Document or BsonType.Array:
                ReadDocumentBytes();
                break;
            case BsonType.String or BsonType.JavaScript or BsonType.Symbol:
                Take(ReadInt32());
                break;
            case BsonType.Binary:
                var length = ReadInt32();
                Take(1);
                Take(length);
                break;
            case BsonType.RegularExpression:
                ReadCStringBytes();
                ReadCStringBytes();
                break;
            case BsonType.JavaScriptWithScope:
                Take(ReadInt32() - sizeof(int));
                break;
            default:
                Take(FixedSize(type));
                break;
        }
    }

    private static int FixedSize(BsonType type)
    {
        return type switch
        {
            BsonType.Boolean => 1,
            BsonType.Int32 => 4,
            BsonType.Double or BsonType.DateTime or BsonType.Int64 or BsonType.Timestamp => 8,
            BsonType.ObjectId => 12,
            BsonType.Decimal128 => 16,
            _ => 0,
        };
    }
}
