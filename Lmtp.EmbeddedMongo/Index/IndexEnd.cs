using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// One end of an interval: a beginning that encoded values share, and whether the values that begin so are inside.
/// </summary>
internal sealed record IndexEnd
{
    private IndexEnd(byte[] beginning, bool isInclusive)
    {
        Beginning = beginning;
        IsInclusive = isInclusive;
    }

    /// <summary>No end.</summary>
    public static IndexEnd Open { get; } = new([], true);

    /// <summary>The bytes that encoded values at this end begin with, in ascending encoding; empty for all.</summary>
    public byte[] Beginning { get; }

    /// <summary>Whether values that begin so are inside the interval.</summary>
    public bool IsInclusive { get; }

    /// <summary>The value, where the end is one.</summary>
    public RawBsonValue? Value { get; private init; }

    /// <summary>A value.</summary>
    public static IndexEnd At(RawBsonValue value, bool isInclusive)
    {
        ByteBuffer buffer = new();
        KeyEncoder.Append(buffer, value.Slice);
        return new IndexEnd(buffer.ToArray(), isInclusive) { Value = value };
    }

    /// <summary>The values of a class of types.</summary>
    public static IndexEnd OfClass(BsonType type) => KeyType.Rank(type) switch
    {
        KeyType.Number => new IndexEnd([KeyType.Number], true) { IsWideClass = true },
        KeyType.Boolean => new IndexEnd([KeyType.Boolean], true) { IsWideClass = true },
        byte rank => new IndexEnd([rank], true),
    };

    /// <summary>Strings that begin with a text.</summary>
    public static IndexEnd OfPrefix(ReadOnlySpan<byte> utf8)
    {
        ByteBuffer buffer = new();
        buffer.Append(KeyType.String);
        buffer.Append(utf8[..(utf8.IndexOf((byte)0) is var zero && zero >= 0 ? zero : utf8.Length)]);
        return new IndexEnd(buffer.ToArray(), true);
    }

    /// <summary>The beginning to use when this is the upper end: numbers and booleans have several type bytes.</summary>
    public byte[] UpperBeginning => !IsWideClass
        ? Beginning
        : [(byte)(Beginning[0] + (Beginning[0] == KeyType.Number ? NumberKey.HighestTypeOffset : 1))];

    private bool IsWideClass { get; init; }
}
