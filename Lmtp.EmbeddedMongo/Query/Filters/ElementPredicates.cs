using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Query.Raw;

namespace Lmtp.EmbeddedMongo.Query.Filters;

/// <summary><c>$exists: true</c>.</summary>
internal sealed class ExistsPredicate : ValuePredicate
{
    /// <inheritdoc />
    public override bool Matches(BsonValueSlice value, MatchState state) => !value.IsMissing;
}

/// <summary><c>$type</c>.</summary>
/// <param name="types">The types that fit.</param>
internal sealed class TypePredicate(IReadOnlySet<BsonType> types) : ValuePredicate
{
    /// <inheritdoc />
    public override bool Matches(BsonValueSlice value, MatchState state) => !value.IsMissing && types.Contains(value.Type);
}

/// <summary><c>$mod</c>.</summary>
/// <param name="divisor">The divisor, not zero.</param>
/// <param name="remainder">The remainder asked for.</param>
internal sealed class ModuloPredicate(long divisor, long remainder) : ValuePredicate
{
    /// <inheritdoc />
    public override bool Matches(BsonValueSlice value, MatchState state)
    {
        if (!value.IsNumber)
        {
            return false;
        }

        if (value.Type is BsonType.Int32 or BsonType.Int64)
        {
            return (divisor == -1 ? 0 : RawCodec.Integer(value) % divisor) == remainder;
        }

        var number = Query.Values.Numbers.ToDouble(value.ToBsonValue()!);
        return double.IsFinite(number) && Math.Abs(number) < long.MaxValue
            && (divisor == -1 ? 0 : (long)number % divisor) == remainder;
    }
}

/// <summary><c>$size</c>.</summary>
/// <param name="size">The number of elements.</param>
internal sealed class SizePredicate(long size) : ValuePredicate
{
    /// <inheritdoc />
    public override bool LooksIntoArrays => false;

    /// <inheritdoc />
    public override bool Matches(BsonValueSlice value, MatchState state)
    {
        if (value.Type != BsonType.Array)
        {
            return false;
        }

        var count = 0;
        foreach (var _ in value.AsDocument)
        {
            count++;
        }

        return count == size;
    }
}

/// <summary>All of several conditions on the same value.</summary>
/// <param name="predicates">The conditions.</param>
internal sealed class AllPredicate(IReadOnlyList<ValuePredicate> predicates) : ValuePredicate
{
    /// <inheritdoc />
    public override bool Matches(BsonValueSlice value, MatchState state)
    {
        foreach (var predicate in predicates)
        {
            if (!predicate.Matches(value, state))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>The opposite of a condition.</summary>
/// <param name="predicate">The condition.</param>
internal sealed class NotPredicate(ValuePredicate predicate) : ValuePredicate
{
    /// <inheritdoc />
    public override bool Matches(BsonValueSlice value, MatchState state) => !predicate.Matches(value, state);
}

/// <summary><c>$elemMatch</c>: an array with an element that fits.</summary>
internal abstract class ElementMatchPredicate : ValuePredicate
{
    /// <inheritdoc />
    public override bool LooksIntoArrays => false;

    /// <inheritdoc />
    public override bool Matches(BsonValueSlice value, MatchState state)
    {
        if (value.Type != BsonType.Array)
        {
            return false;
        }

        var i = 0;
        foreach (var element in value.AsDocument)
        {
            if (ElementMatches(element.Value, state))
            {
                state.ElementIndex = i;
                return true;
            }

            i++;
        }

        return false;
    }

    /// <summary>Whether one element fits.</summary>
    /// <param name="element">The element.</param>
    /// <param name="state">The state of the running filter.</param>
    /// <returns>True when it fits.</returns>
    protected abstract bool ElementMatches(BsonValueSlice element, MatchState state);
}

/// <summary><c>$elemMatch</c> with a filter for elements that are documents.</summary>
/// <param name="filter">The filter.</param>
internal sealed class DocumentElementMatchPredicate(Filter filter) : ElementMatchPredicate
{
    /// <summary>The filter.</summary>
    public Filter Filter => filter;

    /// <inheritdoc />
    protected override bool ElementMatches(BsonValueSlice element, MatchState state)
    {
        if (element.Type is not (BsonType.Document or BsonType.Array))
        {
            return false;
        }

        var index = state.ArrayIndex;
        var matches = filter.Matches(element.Bytes, state);
        state.ArrayIndex = index;
        return matches;
    }
}

/// <summary><c>$elemMatch</c> with operators for the element itself.</summary>
/// <param name="predicate">The condition.</param>
internal sealed class ValueElementMatchPredicate(ValuePredicate predicate) : ElementMatchPredicate
{
    /// <inheritdoc />
    protected override bool ElementMatches(BsonValueSlice element, MatchState state) => predicate.Matches(element, state);
}
