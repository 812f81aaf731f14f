using System.Text;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// What an index is, read from its specification document as <c>createIndexes</c> takes it and <c>listIndexes</c>
/// gives it back.
/// </summary>
internal sealed class IndexDefinition
{
    /// <summary>The name of the index that every collection has.</summary>
    public const string IdIndexName = "_id_";

    private static readonly byte[] IdSpecification =
        [35, 0, 0, 0, 16, (byte)'v', 0, 2, 0, 0, 0, 3, .. "key\0"u8, 14, 0, 0, 0, 16, .. "_id\0"u8, 1, 0, 0, 0, 0, 0];

    private readonly byte[][]? _roots;

    private IndexDefinition(
        ReadOnlyMemory<byte> specification, string name, List<IndexField> fields, ReadOnlyMemory<byte>? partialFilter)
    {
        Specification = specification;
        Name = name;
        Fields = fields;
        PartialFilter = partialFilter;
        IsHashed = fields.Exists(field => field.Kind == IndexFieldKind.Hashed);
        _roots = FindRoots(fields, partialFilter);
    }

    /// <summary>The index on <c>_id</c>.</summary>
    public static IndexDefinition Id { get; } = Parse(WithName(IdSpecification, IdIndexName));

    /// <summary>The specification document: <c>v</c>, <c>key</c>, <c>name</c> and options, BSON.</summary>
    public ReadOnlyMemory<byte> Specification { get; }

    /// <summary>The index's name.</summary>
    public string Name { get; }

    /// <summary>The fields of the key in their order.</summary>
    public IReadOnlyList<IndexField> Fields { get; }

    /// <summary>The key pattern as a document, BSON.</summary>
    public ReadOnlyMemory<byte> KeyPattern { get; private init; }

    /// <summary>True where two documents may not have the same key.</summary>
    public bool IsUnique { get; private init; }

    /// <summary>True where documents that have none of the fields are left out.</summary>
    public bool IsSparse { get; private init; }

    /// <summary>The filter of a partial index as BSON, null where the index is not partial.</summary>
    public ReadOnlyMemory<byte>? PartialFilter { get; }

    /// <summary>How long after the date in the field a document is deleted; null where it is not.</summary>
    public TimeSpan? ExpireAfter { get; private init; }

    /// <summary>True for a text index.</summary>
    public bool IsText => Fields.Any(part => part.Kind == IndexFieldKind.Text);

    /// <summary>True for an index with a hashed field.</summary>
    public bool IsHashed { get; }

    /// <summary>Reads a specification; <c>name</c> must be in it.</summary>
    /// <param name="specification">A validated BSON document.</param>
    /// <exception cref="StorageException">The key pattern is not one (code 67, CannotCreateIndex).</exception>
    public static IndexDefinition Parse(ReadOnlyMemory<byte> specification)
    {
        BsonSlice document = new(specification.Span);
        BsonValueSlice key = document["key"u8];
        BsonValueSlice name = document["name"u8];
        if (key.Type != BsonType.Document || name.Type != BsonType.String || key.AsDocument.IsEmpty)
        {
            throw StorageException.CannotCreateIndex("an index needs a name and a key pattern that is not empty");
        }

        BsonValueSlice filter = document["partialFilterExpression"u8];
        BsonValueSlice expire = document["expireAfterSeconds"u8];
        ReadOnlyMemory<byte>? partialFilter = filter.Type == BsonType.Document ? filter.Bytes.ToArray() : default(ReadOnlyMemory<byte>?);
        return new IndexDefinition(specification, Encoding.UTF8.GetString(name.AsUtf8), ReadFields(key), partialFilter)
        {
            KeyPattern = key.Bytes.ToArray(),
            IsUnique = IsTrue(document["unique"u8]) || Encoding.UTF8.GetString(name.AsUtf8) == IdIndexName,
            IsSparse = IsTrue(document["sparse"u8]),
            ExpireAfter = expire.IsNumber ? TimeSpan.FromSeconds(ToDouble(expire)) : null,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether replacing one document by another can change its keys.</summary>
    public bool IsAffectedBy(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        if (_roots is null)
        {
            return true;
        }

        BsonSlice old = new(before);
        BsonSlice now = new(after);
        foreach (byte[] root in _roots)
        {
            BsonValueSlice oldValue = old[root];
            BsonValueSlice newValue = now[root];
            if (oldValue.Type != newValue.Type || !oldValue.Bytes.SequenceEqual(newValue.Bytes))
            {
                return true;
            }
        }

        return false;
    }

    // The top-level fields that the keys are made of; null where that may be any.
    private static byte[][]? FindRoots(List<IndexField> fields, ReadOnlyMemory<byte>? filter)
    {
        HashSet<string> roots = [.. fields.Select(field => field.Path.Text.Split('.')[0])];
        if (filter is { } document)
        {
            AddFilterRoots(new BsonSlice(document.Span), roots);
        }

        return roots.Any(root => root.StartsWith('$')) ? null : [.. roots.Select(Encoding.UTF8.GetBytes)];
    }

    private static void AddFilterRoots(BsonSlice filter, HashSet<string> roots)
    {
        foreach (BsonElement element in filter)
        {
            string name = Encoding.UTF8.GetString(element.Name);
            if (name is not ("$and" or "$or" or "$nor"))
            {
                roots.Add(name.Split('.')[0]);
                continue;
            }

            foreach (BsonElement clause in element.Value.AsDocument)
            {
                AddFilterRoots(clause.Value.AsDocument, roots);
            }
        }
    }

    private static List<IndexField> ReadFields(BsonValueSlice key)
    {
        List<IndexField> fields = [];
        foreach (BsonElement element in key.AsDocument)
        {
            BsonPath path = BsonPath.Parse(Encoding.UTF8.GetString(element.Name));
            fields.Add(new IndexField(path, ReadKind(element.Value)));
        }

        return fields;
    }

    private static IndexFieldKind ReadKind(BsonValueSlice value)
    {
        if (value.IsNumber && ToDouble(value) is not 0 and not double.NaN)
        {
            return ToDouble(value) < 0 ? IndexFieldKind.Descending : IndexFieldKind.Ascending;
        }

        if (value.Type == BsonType.String && value.AsUtf8.SequenceEqual("text"u8))
        {
            return IndexFieldKind.Text;
        }

        return value.Type == BsonType.String && value.AsUtf8.SequenceEqual("hashed"u8)
            ? IndexFieldKind.Hashed
            : throw StorageException.CannotCreateIndex("values in an index key pattern are numbers other than 0, \"text\" or \"hashed\"");
    }

    private static bool IsTrue(BsonValueSlice value) => value.Type switch
    {
        BsonType.Boolean => value.AsBoolean,
        BsonType.Int32 or BsonType.Int64 or BsonType.Double => ToDouble(value) != 0,
        _ => false,
    };

    private static double ToDouble(BsonValueSlice value) => value.Type switch
    {
        BsonType.Int32 => value.AsInt32,
        BsonType.Int64 => value.AsInt64,
        BsonType.Double => value.AsDouble,
        _ => double.NaN,
    };

    private static byte[] WithName(ReadOnlySpan<byte> specification, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        byte[] named =
        [
            .. specification[..^1], (byte)BsonType.String, .. "name\0"u8, (byte)(text.Length + 1), 0, 0, 0, .. text, 0, 0,
        ];
        named[0] = (byte)named.Length;
        return named;
    }
}
