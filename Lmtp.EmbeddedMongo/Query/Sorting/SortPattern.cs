using System.Text;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;
using BsonType = Lmtp.EmbeddedMongo.Bson.BsonType;

namespace Lmtp.EmbeddedMongo.Query.Sorting;

/// <summary>A sort order over documents. An array counts by its lowest element ascending, by its highest descending.</summary>
internal sealed class SortPattern : IComparer<BsonValue[]>
{
    private const int MaxKeys = 32;

    private readonly byte[][][] _paths;
    private readonly int[] _signs;

    private SortPattern(IReadOnlyList<(string Path, int Sign)> keys)
    {
        Keys = keys;
        _paths = [.. keys.Select(key => key.Path.Split('.').Select(Encoding.UTF8.GetBytes).ToArray())];
        _signs = [.. keys.Select(key => key.Sign)];
    }

    /// <summary>The paths with 1 or -1.</summary>
    public IReadOnlyList<(string Path, int Sign)> Keys { get; }

    /// <summary>Parses a sort document.</summary>
    /// <param name="sort">Paths with 1 or -1.</param>
    /// <returns>The order; null when it asks for none.</returns>
    /// <exception cref="CommandException">A direction is not possible or there are too many keys.</exception>
    public static SortPattern? Parse(BsonDocument? sort)
    {
        if (sort is null || sort.ElementCount == 0)
        {
            return null;
        }

        if (sort.ElementCount > MaxKeys)
        {
            throw new CommandException(ErrorCode.BadValue, "too many compound keys");
        }

        var keys = new List<(string, int)>();
        foreach (var key in sort)
        {
            if (key.Name.Length == 0 || key.Name.Split('.').Any(part => part.Length == 0))
            {
                throw new CommandException(ErrorCode.Location40352, "FieldPath cannot be constructed with empty string");
            }

            if (key.Name == "$natural")
            {
                throw new CommandException(ErrorCode.BadValue, "$natural may only be sorted by alone, in a find");
            }

            if (key.Name.StartsWith('$'))
            {
                throw new CommandException(ErrorCode.Location16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.");
            }

            keys.Add((key.Name, SortDirection.Parse(key.Name, key.Value)));
        }

        return new SortPattern(keys);
    }

    /// <summary>What a document is sorted by.</summary>
    /// <param name="document">The document's BSON.</param>
    /// <returns>One value a path.</returns>
    public BsonValue[] Extract(ReadOnlySpan<byte> document)
    {
        var values = new BsonValue[_paths.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var best = new Best(_signs[i]);
            best.Walk(new BsonValueSlice(BsonType.Document, document), _paths[i]);
            values[i] = best.Value;
        }

        return values;
    }

    /// <inheritdoc />
    public int Compare(BsonValue[]? x, BsonValue[]? y)
    {
        for (var i = 0; i < _signs.Length; i++)
        {
            var order = ValueOrder.Instance.Compare(x![i], y![i]);
            if (order != 0)
            {
                return order * _signs[i];
            }
        }

        return 0;
    }

    private struct Best(int sign)
    {
        private BsonValue? _value;

        public readonly BsonValue Value => _value ?? BsonNull.Value;

        public void Walk(BsonValueSlice value, ReadOnlySpan<byte[]> path)
        {
            if (value.Type == BsonType.Array)
            {
                WalkArray(value, path);
            }
            else if (path.IsEmpty)
            {
                Offer(value.ToBsonValue() ?? BsonNull.Value);
            }
            else
            {
                var child = value.Type == BsonType.Document ? value.AsDocument[path[0]] : default;
                if (child.IsMissing)
                {
                    Offer(BsonNull.Value);
                }
                else
                {
                    Walk(child, path[1..]);
                }
            }
        }

        private void WalkArray(BsonValueSlice array, ReadOnlySpan<byte[]> path)
        {
            var isEmpty = true;
            foreach (var element in array.AsDocument)
            {
                isEmpty = false;
                if (path.IsEmpty)
                {
                    Offer(element.Value.ToBsonValue()!);
                }
                else if (element.Value.Type == BsonType.Document)
                {
                    Walk(element.Value, path);
                }
                else if (element.Name.SequenceEqual(path[0]))
                {
                    Walk(element.Value, path[1..]);
                }
                else
                {
                    Offer(BsonNull.Value);
                }
            }

            if (isEmpty)
            {
                Offer(path.IsEmpty ? BsonUndefined.Value : BsonNull.Value);
            }
        }

        private void Offer(BsonValue value)
        {
            if (_value is null || ValueOrder.Instance.Compare(value, _value) * sign < 0)
            {
                _value = value;
            }
        }
    }
}
