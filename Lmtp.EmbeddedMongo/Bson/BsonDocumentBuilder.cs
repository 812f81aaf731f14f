using System.Buffers.Binary;

namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>Builds a BSON document from values that are already BSON.</summary>
internal sealed class BsonDocumentBuilder
{
    private readonly ByteBuffer _buffer = new();

    /// <summary>A document without fields.</summary>
    public static ReadOnlyMemory<byte> EmptyDocument { get; } = new byte[] { 5, 0, 0, 0, 0 };

    /// <summary>Starts an empty document.</summary>
    public BsonDocumentBuilder() => _buffer.Reserve(4);

    /// <summary>Appends a field; a missing value becomes null.</summary>
    /// <param name="name">The field name, UTF-8.</param>
    /// <param name="value">The value.</param>
    public BsonDocumentBuilder Append(ReadOnlySpan<byte> name, BsonValueSlice value)
    {
        _buffer.Append((byte)(value.IsMissing ? BsonType.Null : value.Type));
        _buffer.Append(name);
        _buffer.Append(0);
        _buffer.Append(value.Bytes);
        return this;
    }

    /// <summary>Appends a 64-bit integer.</summary>
    public BsonDocumentBuilder Append(ReadOnlySpan<byte> name, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Append(name, new BsonValueSlice(BsonType.Int64, bytes));
    }

    /// <summary>Appends a string.</summary>
    public BsonDocumentBuilder Append(ReadOnlySpan<byte> name, string value)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(value);
        byte[] bytes = new byte[text.Length + 5];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, text.Length + 1);
        text.CopyTo(bytes, 4);
        return Append(name, new BsonValueSlice(BsonType.String, bytes));
    }

    /// <summary>Appends an embedded document.</summary>
    public BsonDocumentBuilder AppendDocument(ReadOnlySpan<byte> name, ReadOnlySpan<byte> document) =>
        Append(name, new BsonValueSlice(BsonType.Document, document));

    /// <summary>Closes the document; the builder is used up.</summary>
    public byte[] ToArray()
    {
        _buffer.Append(0);
        byte[] document = _buffer.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(document, document.Length);
        return document;
    }
}
