using Lmtp.EmbeddedMongo.Query.Updates;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Sorting;

/// <summary>The order of array elements under <c>$push</c>'s <c>$sort</c>: by the whole element or by fields of it.</summary>
internal sealed class ElementOrder : IComparer<BsonValue?>
{
    private readonly (string[] Path, int Sign)[] _keys;
    private readonly int _wholeSign = 1;

    /// <summary>Orders by the whole element.</summary>
    /// <param name="descending">Whether the highest comes first.</param>
    public ElementOrder(bool descending)
    {
        _keys = [];
        _wholeSign = descending ? -1 : 1;
    }

    /// <summary>Orders by fields.</summary>
    /// <param name="keys">Paths with 1 or -1.</param>
    public ElementOrder(BsonDocument keys) =>
        _keys = [.. keys.Select(key => (key.Name.Split('.'), SortDirection.Parse(key.Name, key.Value)))];

    /// <inheritdoc />
    public int Compare(BsonValue? x, BsonValue? y)
    {
        if (_keys.Length == 0)
        {
            return _wholeSign * ValueOrder.Instance.Compare(x, y);
        }

        foreach (var (path, sign) in _keys)
        {
            var order = sign * ValueOrder.Instance.Compare(Field(x, path), Field(y, path));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static BsonValue Field(BsonValue? element, string[] path) =>
        (element is BsonDocument document ? PathEditor.Get(document, path) : null) ?? BsonNull.Value;
}
