using System.Text;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>What the catalog on disk says of a collection.</summary>
/// <param name="Number">The collection's number in the log.</param>
/// <param name="Namespace">Its name.</param>
/// <param name="Uuid">Its UUID.</param>
/// <param name="Options">The options it was created with, BSON.</param>
/// <param name="Indexes">Its indexes, that on <c>_id</c> first.</param>
internal sealed record CatalogEntry(
    uint Number, Namespace Namespace, Guid Uuid, ReadOnlyMemory<byte> Options, IReadOnlyList<IndexDefinition> Indexes)
{
    /// <summary>Writes the whole catalog.</summary>
    /// <param name="entries">Its collections.</param>
    /// <param name="nextNumber">The lowest collection number that was never used.</param>
    public static byte[] Write(IEnumerable<CatalogEntry> entries, uint nextNumber)
    {
        BsonDocumentBuilder collections = new();
        foreach (CatalogEntry entry in entries)
        {
            collections.AppendDocument("0"u8, entry.ToBson());
        }

        return new BsonDocumentBuilder().Append("next"u8, nextNumber).AppendDocument("collections"u8, collections.ToArray()).ToArray();
    }

    /// <summary>Reads the whole catalog.</summary>
    /// <param name="catalog">The catalog; empty for a new database.</param>
    /// <param name="nextNumber">The lowest collection number that was never used.</param>
    public static List<CatalogEntry> Read(ReadOnlyMemory<byte> catalog, out uint nextNumber)
    {
        List<CatalogEntry> entries = [];
        BsonSlice document = new(catalog.Span);
        BsonValueSlice next = document["next"u8];
        nextNumber = next.IsMissing ? 1 : (uint)next.AsInt64;
        BsonValueSlice collections = document["collections"u8];
        foreach (BsonElement element in collections.AsDocument)
        {
            entries.Add(FromBson(element.Value.AsDocument));
        }

        return entries;
    }

    private static CatalogEntry FromBson(BsonSlice document)
    {
        List<IndexDefinition> indexes = [];
        foreach (BsonElement index in document["indexes"u8].AsDocument)
        {
            indexes.Add(IndexDefinition.Parse(index.Value.Bytes.ToArray()));
        }

        string database = Encoding.UTF8.GetString(document["database"u8].AsUtf8);
        string collection = Encoding.UTF8.GetString(document["collection"u8].AsUtf8);
        return new CatalogEntry(
            (uint)document["number"u8].AsInt64,
            new Namespace(database, collection),
            new Guid(document["uuid"u8].BinaryData, bigEndian: true),
            document["options"u8].Bytes.ToArray(),
            indexes);
    }

    private byte[] ToBson()
    {
        BsonDocumentBuilder indexes = new();
        foreach (IndexDefinition index in Indexes)
        {
            indexes.AppendDocument("0"u8, index.Specification.Span);
        }

        const byte UuidSubtype = 4;
        byte[] uuid = [16, 0, 0, 0, UuidSubtype, .. Uuid.ToByteArray(bigEndian: true)];
        return new BsonDocumentBuilder()
            .Append("number"u8, Number)
            .Append("database"u8, Namespace.Database)
            .Append("collection"u8, Namespace.Collection)
            .Append("uuid"u8, new BsonValueSlice(BsonType.Binary, uuid))
            .AppendDocument("options"u8, Options.Span)
            .AppendDocument("indexes"u8, indexes.ToArray())
            .ToArray();
    }
}
