using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>The values of one index field that a query can match, from a lower to an upper end in BSON order.</summary>
internal sealed record IndexInterval
{
    private IndexInterval(IndexEnd lower, IndexEnd upper)
    {
        Lower = lower;
        Upper = upper;
    }

    /// <summary>All values of all types.</summary>
    public static IndexInterval All { get; } = new(IndexEnd.Open, IndexEnd.Open);

    /// <summary>The lower end.</summary>
    public IndexEnd Lower { get; }

    /// <summary>The upper end.</summary>
    public IndexEnd Upper { get; }

    /// <summary>True where the interval is a single value; only then can a further field narrow the range.</summary>
    public bool IsPoint => Lower.Value is not null && Lower == Upper;

    /// <summary>One value. Equality with null also finds documents without the field.</summary>
    public static IndexInterval Point(RawBsonValue value)
    {
        IndexEnd end = IndexEnd.At(value, true);
        return new IndexInterval(end, end);
    }

    /// <summary>From one value to another, whatever types lie between.</summary>
    public static IndexInterval Between(RawBsonValue lower, bool lowerInclusive, RawBsonValue upper, bool upperInclusive) =>
        new(IndexEnd.At(lower, lowerInclusive), IndexEnd.At(upper, upperInclusive));

    /// <summary><c>$gt</c> and <c>$gte</c>: from a value to the last one of its class of types.</summary>
    public static IndexInterval Above(RawBsonValue value, bool inclusive) =>
        new(IndexEnd.At(value, inclusive), IndexEnd.OfClass(value.Type));

    /// <summary><c>$lt</c> and <c>$lte</c>: from the first value of a class of types to a value.</summary>
    public static IndexInterval Below(RawBsonValue value, bool inclusive) =>
        new(IndexEnd.OfClass(value.Type), IndexEnd.At(value, inclusive));

    /// <summary>All values of a type and those that compare with it.</summary>
    public static IndexInterval OfType(BsonType type) => new(IndexEnd.OfClass(type), IndexEnd.OfClass(type));

    /// <summary>Strings that begin with a text, for a regular expression that is anchored at the beginning.</summary>
    /// <param name="utf8">The text, UTF-8.</param>
    public static IndexInterval Prefix(ReadOnlySpan<byte> utf8)
    {
        IndexEnd end = IndexEnd.OfPrefix(utf8);
        return new IndexInterval(end, end);
    }
}
