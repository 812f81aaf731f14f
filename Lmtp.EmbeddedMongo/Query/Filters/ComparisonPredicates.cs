using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Query.Raw;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;
using BsonType = Lmtp.EmbeddedMongo.Bson.BsonType;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary><c>$eq</c>. Null also fits what is missing.</summary>
/// <param name="constant">The value to equal.</param>
internal sealed class EqualPredicate(RawConstant constant) : ValuePredicate
{
    private readonly bool _isNull = constant.Raw.Type is BsonType.Null or BsonType.Undefined;

    /// <summary>The value to equal.</summary>
    public BsonValue Value => constant.Value;

    /// <inheritdoc />
    public override bool Matches(BsonValueSlice value, MatchState state) => _isNull
        ? value.Type is BsonType.Null or BsonType.Undefined or BsonType.Missing
        : !value.IsMissing && BsonOrder.Compare(value, constant.Slice) == 0;
}

/// <summary>Which side of a value a range is on, and whether it holds the value itself.</summary>
internal enum RangeKind
{
    /// <summary><c>$lt</c>.</summary>
    Less,

    /// <summary><c>$lte</c>.</summary>
    LessOrEqual,

    /// <summary><c>$gt</c>.</summary>
    Greater,

    /// <summary><c>$gte</c>.</summary>
    GreaterOrEqual,
}

/// <summary><c>$lt</c>, <c>$lte</c>, <c>$gt</c> and <c>$gte</c>: only values of the same kind are compared.</summary>
/// <param name="kind">The operator.</param>
/// <param name="constant">The bound.</param>
internal sealed class RangePredicate(RangeKind kind, RawConstant constant) : ValuePredicate
{
    /// <summary>The operator.</summary>
    public RangeKind Kind => kind;

    /// <summary>The bound.</summary>
    public BsonValue Value => constant.Value;

    /// <inheritdoc />
    public override bool Matches(BsonValueSlice value, MatchState state)
    {
        var bound = constant.Slice;
        if (bound.Type == BsonType.Null)
        {
            return kind is RangeKind.LessOrEqual or RangeKind.GreaterOrEqual
                && value.Type is BsonType.Null or BsonType.Undefined or BsonType.Missing;
        }

        if (value.IsMissing)
        {
            return false;
        }

        if (bound.Type is not (BsonType.MinKey or BsonType.MaxKey) && ValueOrder.Rank(value.Type) != ValueOrder.Rank(bound.Type))
        {
            return false;
        }

        if (IsNaN(value) != IsNaN(bound))
        {
            return false;
        }

        var order = BsonOrder.Compare(value, bound);
        return kind switch
        {
            RangeKind.Less => order < 0,
            RangeKind.LessOrEqual => order <= 0,
            RangeKind.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private static bool IsNaN(BsonValueSlice value) => value.Type == BsonType.Double && double.IsNaN(value.AsDouble);
}

/// <summary><c>$in</c>: any of several values or regular expressions.</summary>
internal sealed class InPredicate : ValuePredicate
{
    private const int LinearLimit = 8;

    private readonly ValuePredicate[] _alternatives;
    private readonly HashSet<BsonValue?>? _set;
    private readonly RegexPredicate[] _expressions;
    private readonly bool _holdsNull;

    /// <summary>Makes the predicate.</summary>
    /// <param name="values">The values; regular expressions among them are matched.</param>
    public InPredicate(BsonArray values)
    {
        Values = [.. values.Where(value => value is not BsonRegularExpression)];
        _expressions = [.. values.OfType<BsonRegularExpression>().Select(expression => new RegexPredicate(expression))];
        _holdsNull = Values.Any(value => value.IsBsonNull);
        if (Values.Count > LinearLimit)
        {
            _set = new HashSet<BsonValue?>(Values, ValueOrder.Instance);
            _alternatives = _expressions;
        }
        else
        {
            _alternatives = [.. Values.Select(value => new EqualPredicate(new RawConstant(value))), .. _expressions];
        }
    }

    /// <summary>The values, without the regular expressions.</summary>
    public IReadOnlyList<BsonValue> Values { get; }

    /// <summary>Whether there are regular expressions among the alternatives.</summary>
    public bool HasExpressions => _expressions.Length > 0;

    /// <inheritdoc />
    public override bool Matches(BsonValueSlice value, MatchState state)
    {
        foreach (var alternative in _alternatives)
        {
            if (alternative.Matches(value, state))
            {
                return true;
            }
        }

        return _set is not null && (value.IsMissing ? _holdsNull : _set.Contains(value.ToBsonValue()));
    }
}
