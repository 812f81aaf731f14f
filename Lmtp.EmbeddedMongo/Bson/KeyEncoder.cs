using System.Buffers.Binary;

namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>
/// Encodes values so that comparing the encoded bytes gives the order of <see cref="BsonOrder"/>. No encoding is the
/// beginning of another, so encodings can be appended to each other to form compound keys, and the bytes of a field can
/// be inverted for descending order.
/// </summary>
internal static class KeyEncoder
{
    private const byte LongLength = 0xFF;

    /// <summary>Appends the encoding of one value.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="value">The value; missing is written as null.</param>
    /// <param name="descending">True to turn the order around.</param>
    public static void Append(ByteBuffer buffer, BsonValueSlice value, bool descending = false)
    {
        int start = buffer.Length;
        AppendAscending(buffer, value);
        if (descending)
        {
            buffer.Invert(start);
        }
    }

    private static void AppendAscending(ByteBuffer buffer, BsonValueSlice value)
    {
        byte rank = KeyType.Rank(value.Type);
        if (rank == KeyType.Number)
        {
            NumberKey.Append(buffer, value);
            return;
        }

        if (rank == KeyType.Boolean)
        {
            buffer.Append((byte)(KeyType.Boolean + (value.AsBoolean ? 1 : 0)));
            return;
        }

        buffer.Append(rank);
        AppendBody(buffer, rank, value);
    }

    private static void AppendBody(ByteBuffer buffer, byte rank, BsonValueSlice value)
    {
        switch (rank)
        {
            case KeyType.String or KeyType.JavaScript:
                AppendText(buffer, value.AsUtf8);
                break;
            case KeyType.ObjectId:
                buffer.Append(value.Bytes);
                break;
            case KeyType.DateTime:
                BinaryPrimitives.WriteUInt64BigEndian(buffer.Reserve(8), (ulong)value.AsInt64 ^ (1UL << 63));
                break;
            case KeyType.Timestamp:
                BinaryPrimitives.WriteUInt64BigEndian(buffer.Reserve(8), value.AsTimestamp);
                break;
            case KeyType.Document:
                AppendDocument(buffer, value.AsDocument);
                break;
            case KeyType.Array:
                AppendArray(buffer, value.AsDocument);
                break;
            case KeyType.Binary or KeyType.DBPointer:
                AppendLength(buffer, BsonLayout.ReadLength(value.Bytes));
                buffer.Append(value.Bytes[4..]);
                break;
            case KeyType.RegularExpression:
                buffer.Append(value.Bytes);
                break;
            case KeyType.JavaScriptWithScope:
                BsonValueSlice code = new(BsonType.JavaScript, value.Bytes[4..]);
                AppendText(buffer, code.AsUtf8);
                AppendDocument(buffer, new BsonSlice(value.Bytes[(9 + code.AsUtf8.Length)..]));
                break;
        }
    }

    // A zero byte inside is followed by 0xFF, so that the closing zero, followed by anything lower, sorts before it.
    private static void AppendText(ByteBuffer buffer, ReadOnlySpan<byte> text)
    {
        while (true)
        {
            int zero = text.IndexOf((byte)0);
            if (zero < 0)
            {
                break;
            }

            buffer.Append(text[..(zero + 1)]);
            buffer.Append(0xFF);
            text = text[(zero + 1)..];
        }

        buffer.Append(text);
        buffer.Append(0);
        buffer.Append(0);
    }

    private static void AppendDocument(ByteBuffer buffer, BsonSlice document)
    {
        foreach (BsonElement element in document)
        {
            buffer.Append(KeyType.Rank(element.Value.Type));
            buffer.Append(element.Name);
            buffer.Append(0);
            AppendAscending(buffer, element.Value);
        }

        buffer.Append(0);
    }

    private static void AppendArray(ByteBuffer buffer, BsonSlice array)
    {
        foreach (BsonElement element in array)
        {
            AppendAscending(buffer, element.Value);
        }

        buffer.Append(0);
    }

    private static void AppendLength(ByteBuffer buffer, int length)
    {
        if (length < LongLength)
        {
            buffer.Append((byte)length);
            return;
        }

        buffer.Append(LongLength);
        BinaryPrimitives.WriteInt32BigEndian(buffer.Reserve(4), length);
    }
}
