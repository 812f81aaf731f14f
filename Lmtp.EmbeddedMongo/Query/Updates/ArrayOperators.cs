using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Filters;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary><c>$addToSet</c>.</summary>
internal sealed class AddToSetOperator : FieldOperator
{
    private readonly IEnumerable<BsonValue> _items;

    /// <summary>Makes the operator.</summary>
    /// <param name="argument">A value, or <c>{$each: [..]}</c>.</param>
    public AddToSetOperator(BsonValue argument)
    {
        if (argument is not BsonDocument { ElementCount: > 0 } document || document.GetElement(0).Name != "$each")
        {
            _items = new[] { argument };
            return;
        }

        _items = document["$each"] as BsonArray ?? throw new CommandException(
            ErrorCode.TypeMismatch,
            $"The argument to $each in $addToSet must be an array but it was of type: {TypeNames.Of(document["$each"])}");
        if (document.ElementCount > 1)
        {
            throw new CommandException(
                ErrorCode.BadValue,
                $"Found unexpected fields after $each in $addToSet: {TypeNames.Show(document)}");
        }
    }

    /// <inheritdoc />
    public override BsonValue? Compute(BsonValue? current, FieldPosition field)
    {
        if (current is not null and not BsonArray)
        {
            throw new CommandException(
                ErrorCode.BadValue,
                $"Cannot apply $addToSet to non-array field. Field named '{field.Name}' has non-array type {TypeNames.Of(current)}");
        }

        var result = current is null ? [] : new BsonArray((BsonArray)current);
        var known = new HashSet<BsonValue?>(result, ValueOrder.Instance);
        var before = result.Count;
        foreach (var item in _items)
        {
            if (known.Add(item))
            {
                result.Add(item.DeepClone());
            }
        }

        return current is null || result.Count != before ? result : null;
    }
}

/// <summary><c>$pop</c>.</summary>
internal sealed class PopOperator : FieldOperator
{
    private readonly bool _first;

    /// <summary>Makes the operator.</summary>
    /// <param name="path">The dotted path.</param>
    /// <param name="argument">1 for the last element, -1 for the first.</param>
    public PopOperator(string path, BsonValue argument)
    {
        if (!Numbers.IsNumber(argument))
        {
            throw new CommandException(ErrorCode.FailedToParse, $"Expected a number in: {path}: {TypeNames.Show(argument)}");
        }

        _first = Numbers.ToDouble(argument) switch
        {
            1 => false,
            -1 => true,
            _ => throw new CommandException(ErrorCode.FailedToParse, $"$pop expects 1 or -1, found: {TypeNames.Show(argument)}"),
        };
    }

    /// <inheritdoc />
    public override bool CreatesField => false;

    /// <inheritdoc />
    public override BsonValue? Compute(BsonValue? current, FieldPosition field)
    {
        if (current is not BsonArray array)
        {
            throw new CommandException(
                ErrorCode.TypeMismatch,
                $"Path '{field.Path}' contains an element of non-array type '{TypeNames.Of(current)}'");
        }

        if (array.Count == 0)
        {
            return null;
        }

        var result = new BsonArray(array);
        result.RemoveAt(_first ? 0 : result.Count - 1);
        return result;
    }
}

/// <summary><c>$pull</c> and <c>$pullAll</c>.</summary>
internal sealed class PullOperator : FieldOperator
{
    private readonly string _name;
    private readonly Func<BsonValue, bool> _matches;

    private PullOperator(string name, Func<BsonValue, bool> matches)
    {
        _name = name;
        _matches = matches;
    }

    /// <inheritdoc />
    public override bool CreatesField => false;

    /// <summary>Makes <c>$pull</c>.</summary>
    /// <param name="condition">A value, operators, or a filter for elements that are documents.</param>
    /// <returns>The operator.</returns>
    public static PullOperator Pull(BsonValue condition) => new("$pull", ElementFilter.Compile(condition));

    /// <summary>Makes <c>$pullAll</c>.</summary>
    /// <param name="values">The values to remove.</param>
    /// <returns>The operator.</returns>
    public static PullOperator PullAll(BsonValue values)
    {
        if (values is not BsonArray array)
        {
            throw new CommandException(
                ErrorCode.BadValue,
                $"$pullAll requires an array argument but was given a {TypeNames.Of(values)}");
        }

        var removed = new HashSet<BsonValue?>(array, ValueOrder.Instance);
        return new PullOperator("$pullAll", removed.Contains);
    }

    /// <inheritdoc />
    public override BsonValue? Compute(BsonValue? current, FieldPosition field)
    {
        if (current is not BsonArray array)
        {
            throw new CommandException(ErrorCode.BadValue, $"Cannot apply {_name} to a non-array value");
        }

        var kept = array.Where(item => !_matches(item)).ToList();
        return kept.Count == array.Count ? null : new BsonArray(kept);
    }
}
