namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>
/// A BSON document or array inside a larger buffer, read in place. The bytes must have passed
/// <see cref="BsonValidator"/>; what reads them here relies on it.
/// </summary>
internal readonly ref struct BsonSlice
{
    /// <summary>Points at a document.</summary>
    /// <param name="bytes">The document from its length to its closing zero.</param>
    public BsonSlice(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The document from its length to its closing zero.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>True where the document has no elements.</summary>
    public bool IsEmpty => Bytes.Length <= BsonLayout.EmptyDocumentSize;

    /// <summary>The value of a field of this document (not a dotted path); missing where there is none.</summary>
    /// <param name="name">The field name, UTF-8.</param>
    public BsonValueSlice this[ReadOnlySpan<byte> name]
    {
        get
        {
            foreach (BsonElement element in this)
            {
                if (element.Name.SequenceEqual(name))
                {
                    return element.Value;
                }
            }

            return default;
        }
    }

    /// <summary>Walks the elements in their order.</summary>
    public Enumerator GetEnumerator() => new(Bytes);

    /// <summary>Follows a path through embedded documents, and through arrays by position only.</summary>
    /// <param name="path">The parsed path.</param>
    /// <returns>The value at its end, missing where there is none.</returns>
    public BsonValueSlice Walk(BsonPath path)
    {
        BsonValueSlice value = new(BsonType.Document, Bytes);
        foreach (byte[] name in path.Names)
        {
            if (value.Type is not (BsonType.Document or BsonType.Array))
            {
                return default;
            }

            value = value.AsDocument[name];
        }

        return value;
    }

    /// <summary>Walks the elements of a document.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> _rest;

        /// <summary>Starts before the first element.</summary>
        /// <param name="document">The document's bytes.</param>
        public Enumerator(ReadOnlySpan<byte> document) => _rest = document.Length < 4 ? default : document[4..];

        /// <summary>The element the walk stands on.</summary>
        public BsonElement Current { get; private set; }

        /// <summary>Goes to the next element.</summary>
        /// <returns>False at the end.</returns>
        public bool MoveNext()
        {
            if (_rest.Length <= 1)
            {
                return false;
            }

            BsonType type = (BsonType)_rest[0];
            ReadOnlySpan<byte> tail = _rest[1..];
            int nameLength = tail.IndexOf((byte)0);
            ReadOnlySpan<byte> name = tail[..nameLength];
            tail = tail[(nameLength + 1)..];
            int length = BsonLayout.ValueLength(type, tail);
            Current = new BsonElement(name, new BsonValueSlice(type, tail[..length]));
            _rest = tail[length..];
            return true;
        }
    }
}
