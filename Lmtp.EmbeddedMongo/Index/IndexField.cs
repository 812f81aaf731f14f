using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>One field of an index key.</summary>
/// <param name="Path">Where its value is in a document.</param>
/// <param name="Kind">How it is kept.</param>
internal sealed record IndexField(BsonPath Path, IndexFieldKind Kind)
{
    /// <summary>True where the order of the field is turned around.</summary>
    public bool IsDescending => Kind == IndexFieldKind.Descending;
}
