using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Query;

/// <summary>Makes random documents and filters over few fields and values, so that many filters match many documents.</summary>
/// <param name="seed">The same seed gives the same documents and filters.</param>
internal sealed class RandomQueries(int seed)
{
    private static readonly string[] Paths = ["a", "b", "c", "a.b", "a.c", "b.a", "a.0", "b.1.a"];
    private static readonly string[] Ranges = ["$gt", "$gte", "$lt", "$lte"];

    private readonly Random _random = new(seed);

    /// <summary>A document with some of the fields <c>a</c>, <c>b</c> and <c>c</c>.</summary>
    public BsonDocument Document() => Fields(depth: 2);

    /// <summary>A filter of one to three conditions.</summary>
    /// <param name="depth">How deep <c>$and</c>, <c>$or</c> and <c>$nor</c> may nest.</param>
    public BsonDocument Filter(int depth = 2)
    {
        var filter = new BsonDocument();
        for (var count = _random.Next(1, 3); count > 0; count--)
        {
            if (depth > 0 && _random.Next(4) == 0)
            {
                filter[Pick("$and", "$or", "$nor")] = new BsonArray(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Filter(depth - 1)));
            }
            else
            {
                filter[Pick(Paths)] = Condition();
            }
        }

        return filter;
    }

    /// <summary>A sort pattern over one or two paths, made total by <c>_id</c>.</summary>
    public BsonDocument Sort()
    {
        var sort = new BsonDocument(Pick(Paths), Direction());
        sort[Pick("b", "c", "a")] = Direction();
        sort["_id"] = Direction();
        return sort;
    }

    private BsonValue Condition() => _random.Next(9) switch
    {
        0 or 1 => Value(1),
        2 => new BsonDocument("$exists", _random.Next(2) == 0),
        3 => new BsonDocument("$size", _random.Next(3)),
        4 => new BsonDocument("$not", Comparison()),
        5 => new BsonDocument("$elemMatch", _random.Next(2) == 0 ? Comparison() : new BsonDocument(Pick("b", "c"), Comparison())),
        6 => new BsonDocument("$all", Values()),
        _ => Comparison(),
    };

    private BsonDocument Comparison()
    {
        var comparison = new BsonDocument();
        for (var count = _random.Next(1, 3); count > 0; count--)
        {
            switch (_random.Next(6))
            {
                case 0:
                    comparison[Pick("$eq", "$ne")] = Value(1);
                    break;
                case 1:
                    comparison[Pick("$in", "$nin")] = Values();
                    break;
                default:
                    comparison[Pick(Ranges)] = Scalar();
                    break;
            }
        }

        return comparison;
    }

    private BsonArray Values() => new(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Value(1)));

    private BsonDocument Fields(int depth)
    {
        var document = new BsonDocument();
        foreach (var name in (string[])["a", "b", "c"])
        {
            if (_random.Next(3) > 0)
            {
                document[name] = Value(depth);
            }
        }

        return document;
    }

    private BsonValue Value(int depth) => (depth == 0 ? 0 : _random.Next(8)) switch
    {
        5 => Fields(depth - 1),
        6 or 7 => new BsonArray(Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth - 1))),
        _ => Scalar(),
    };

    private BsonValue Scalar() => _random.Next(10) switch
    {
        < 5 => _random.Next(4),
        5 => _random.Next(4) + 0.5,
        6 => (long)_random.Next(4),
        7 => Pick("x", "y", ""),
        8 => _random.Next(2) == 0,
        _ => BsonNull.Value,
    };

    private int Direction() => _random.Next(2) == 0 ? 1 : -1;

    private string Pick(params string[] values) => values[_random.Next(values.Length)];
}
