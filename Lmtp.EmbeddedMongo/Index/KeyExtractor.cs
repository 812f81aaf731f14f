using System.Text;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Engine;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// Makes the keys of a document for an ordinary index, as MongoDB does: a missing value is null, each element of an array
/// on the way gives a key, an empty array gives undefined, and at most one array may be expanded.
/// </summary>
internal sealed class KeyExtractor
{
    private const int MaxFields = 32;

    private readonly IndexDefinition _definition;
    private readonly IndexField[] _fields;

    /// <summary>Makes an extractor.</summary>
    /// <param name="definition">The index.</param>
    /// <exception cref="StorageException">The index has more than 32 fields.</exception>
    public KeyExtractor(IndexDefinition definition)
    {
        _definition = definition;
        _fields = [.. definition.Fields];
        if (_fields.Length > MaxFields)
        {
            throw StorageException.CannotCreateIndex($"an index has at most {MaxFields} fields");
        }
    }

    /// <summary>Receives the values of one key while they are still in the document.</summary>
    private delegate void KeySink(ReadOnlySpan<byte> document, ReadOnlySpan<ValuePlace> values, KeyList keys);

    /// <summary>Adds the keys of a document.</summary>
    /// <param name="document">The document, BSON.</param>
    /// <param name="keys">Where to.</param>
    /// <exception cref="StorageException">
    /// Two arrays would have to be expanded (code 171), or the index is hashed and there is an array (code 16766).
    /// </exception>
    public void Extract(ReadOnlySpan<byte> document, KeyList keys) => Extract(document, keys, EncodeKey);

    /// <summary>The values that make up one of a document's keys, as a document with the index's field names.</summary>
    /// <param name="document">The document, BSON.</param>
    /// <param name="key">The encoded key.</param>
    public byte[] ValuesOf(ReadOnlySpan<byte> document, ReadOnlySpan<byte> key)
    {
        byte[] wanted = key.ToArray();
        byte[]? found = null;
        KeyList keys = new();
        Extract(document, keys, (source, values, list) =>
        {
            KeyList candidate = new();
            EncodeKey(source, values, candidate);
            if (candidate[0].SequenceEqual(wanted))
            {
                found ??= BuildValues(source, values);
            }
        });
        return found ?? [5, 0, 0, 0, 0];
    }

    private void Extract(ReadOnlySpan<byte> document, KeyList keys, KeySink sink)
    {
        Span<int> depths = stackalloc int[_fields.Length];
        depths.Clear();
        Span<ValuePlace> values = stackalloc ValuePlace[_fields.Length];
        Expand(new Scope(document, document), depths, values, keys, sink);
    }

    private void Expand(Scope scope, Span<int> depths, Span<ValuePlace> values, KeyList keys, KeySink sink)
    {
        ulong throughArray = 0;
        ValuePlace array = default;
        int missing = 0;
        for (int i = 0; i < _fields.Length; i++)
        {
            BsonPath path = _fields[i].Path;
            if (depths[i] == path.Names.Length)
            {
                continue;
            }

            BsonValueSlice value = FollowToArray(scope.Current, path, ref depths[i]);
            values[i] = ValuePlace.Of(scope.Document, value);
            if (value.Type == BsonType.Array)
            {
                RequireNotHashed(path);
                RequireSameArray(throughArray, array, values[i]);
                array = values[i];
                throughArray |= 1UL << i;
            }
            else if (value.IsMissing)
            {
                missing++;
                depths[i] = path.Names.Length;
            }
        }

        if (throughArray != 0)
        {
            keys.MultikeyFields |= throughArray;
            ExpandArray(scope, throughArray, array, depths, values, keys, sink);
        }
        else if (!_definition.IsSparse || missing < _fields.Length)
        {
            sink(scope.Document, values, keys);
        }
    }

    private void ExpandArray(
        Scope scope, ulong throughArray, ValuePlace array, Span<int> depths, Span<ValuePlace> values, KeyList keys, KeySink sink)
    {
        BsonSlice elements = array.In(scope.Document).AsDocument;
        if (elements.IsEmpty)
        {
            ExpandElement(scope, throughArray, new BsonValueSlice(BsonType.Undefined, default), depths, values, keys, sink);
        }

        foreach (BsonElement element in elements)
        {
            ExpandElement(scope, throughArray, element.Value, depths, values, keys, sink);
        }
    }

    private void ExpandElement(
        Scope scope,
        ulong throughArray,
        BsonValueSlice element,
        ReadOnlySpan<int> depths,
        ReadOnlySpan<ValuePlace> values,
        KeyList keys,
        KeySink sink)
    {
        Span<int> innerDepths = stackalloc int[depths.Length];
        depths.CopyTo(innerDepths);
        Span<ValuePlace> innerValues = stackalloc ValuePlace[values.Length];
        values.CopyTo(innerValues);
        for (int i = 0; i < _fields.Length; i++)
        {
            if ((throughArray & (1UL << i)) != 0 && depths[i] == _fields[i].Path.Names.Length)
            {
                innerValues[i] = ValuePlace.Of(scope.Document, element);
            }
        }

        ReadOnlySpan<byte> inner = element.Type == BsonType.Document ? element.Bytes : default;
        Expand(new Scope(scope.Document, inner), innerDepths, innerValues, keys, sink);
    }

    private void RequireNotHashed(BsonPath path)
    {
        if (_definition.IsHashed)
        {
            throw new StorageException(
                16766, "Location16766", $"hashed indexes do not currently support array values. Found array at path: {path.Text}");
        }
    }

    private static void RequireSameArray(ulong throughArray, ValuePlace first, ValuePlace second)
    {
        if (throughArray != 0 && first.Offset != second.Offset)
        {
            throw new StorageException(171, "CannotIndexParallelArrays", "cannot index parallel arrays");
        }
    }

    // Stops at an array, unless the next name is a position in it.
    private static BsonValueSlice FollowToArray(ReadOnlySpan<byte> document, BsonPath path, ref int depth)
    {
        BsonValueSlice value = new(BsonType.Document, document);
        while (depth < path.Names.Length)
        {
            bool canEnter = value.Type == BsonType.Document || (value.Type == BsonType.Array && path.PositionAt(depth) >= 0);
            if (!canEnter)
            {
                return value.Type == BsonType.Array ? value : default;
            }

            value = value.AsDocument[path.Names[depth]];
            depth++;
        }

        return value;
    }

    private void EncodeKey(ReadOnlySpan<byte> document, ReadOnlySpan<ValuePlace> values, KeyList keys)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (_fields[i].Kind == IndexFieldKind.Hashed)
            {
                HashedKey.Append(keys.Buffer, values[i].In(document));
                continue;
            }

            KeyEncoder.Append(keys.Buffer, values[i].In(document), _fields[i].IsDescending);
        }

        keys.EndKey();
    }

    private byte[] BuildValues(ReadOnlySpan<byte> document, ReadOnlySpan<ValuePlace> values)
    {
        BsonDocumentBuilder builder = new();
        for (int i = 0; i < values.Length; i++)
        {
            builder.Append(Encoding.UTF8.GetBytes(_fields[i].Path.Text), values[i].In(document));
        }

        return builder.ToArray();
    }

    /// <summary>The whole document, and the part of it that paths continue in.</summary>
    private readonly ref struct Scope(ReadOnlySpan<byte> document, ReadOnlySpan<byte> current)
    {
        public ReadOnlySpan<byte> Document { get; } = document;

        public ReadOnlySpan<byte> Current { get; } = current;
    }

    /// <summary>A value by its place in the document.</summary>
    private readonly record struct ValuePlace(BsonType Type, int Offset, int Length)
    {
        public static ValuePlace Of(ReadOnlySpan<byte> document, BsonValueSlice value)
        {
            int offset = 0;
            if (!value.Bytes.IsEmpty)
            {
                document.Overlaps(value.Bytes, out offset);
            }

            return new ValuePlace(value.Type, offset, value.Bytes.Length);
        }

        public BsonValueSlice In(ReadOnlySpan<byte> document) =>
            new(Type == BsonType.Missing ? BsonType.Null : Type, document.Slice(Offset, Length));
    }
}
