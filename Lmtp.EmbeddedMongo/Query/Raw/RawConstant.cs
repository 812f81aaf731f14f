using Lmtp.EmbeddedMongo.Bson;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Raw;

/// <summary>A value of a filter, kept both as an object and as bytes.</summary>
/// <param name="value">The value.</param>
internal sealed class RawConstant(BsonValue value)
{
    /// <summary>The value as an object.</summary>
    public BsonValue Value => value;

    /// <summary>The value as bytes.</summary>
    public RawBsonValue Raw { get; } = RawCodec.Encode(value);

    /// <summary>The value for reading.</summary>
    public BsonValueSlice Slice => Raw.Slice;
}
