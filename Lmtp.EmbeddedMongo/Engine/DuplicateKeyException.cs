using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>A unique index has the key already (11000).</summary>
internal sealed class DuplicateKeyException : StorageException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="ns">The collection.</param>
    /// <param name="index">The unique index.</param>
    /// <param name="keyValue">The values of the key by field, BSON.</param>
    public DuplicateKeyException(Namespace ns, IndexDefinition index, ReadOnlyMemory<byte> keyValue)
        : base(
            11000,
            "DuplicateKey",
            $"E11000 duplicate key error collection: {ns} index: {index.Name} dup key: {BsonText.Format(keyValue.Span)}")
    {
        KeyPattern = index.KeyPattern;
        KeyValue = keyValue;
    }

    /// <summary>The key pattern of the index, BSON.</summary>
    public ReadOnlyMemory<byte> KeyPattern { get; }

    /// <summary>The values of the key by field, BSON.</summary>
    public ReadOnlyMemory<byte> KeyValue { get; }
}
