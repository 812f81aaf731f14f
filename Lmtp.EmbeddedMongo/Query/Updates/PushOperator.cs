using Lmtp.EmbeddedMongo.Commands;
using Lmtp.EmbeddedMongo.Query.Sorting;
using Lmtp.EmbeddedMongo.Query.Values;
using MongoDB.Bson;

namespace Lmtp.EmbeddedMongo.Query.Updates;

/// <summary><c>$push</c> with <c>$each</c>, <c>$position</c>, <c>$sort</c> and <c>$slice</c>.</summary>
internal sealed class PushOperator : FieldOperator
{
    private readonly IEnumerable<BsonValue> _items;
    private readonly long? _slice;
    private readonly long? _position;
    private readonly ElementOrder? _order;

    /// <summary>Makes the operator.</summary>
    /// <param name="argument">A value, or a document with <c>$each</c> and its modifiers.</param>
    public PushOperator(BsonValue argument)
    {
        if (argument is not BsonDocument document || !document.Contains("$each"))
        {
            _items = new[] { argument };
            return;
        }

        _items = document["$each"] as BsonArray ?? throw new CommandException(
            ErrorCode.BadValue,
            $"The argument to $each in $push must be an array but it was of type: {TypeNames.Of(document["$each"])}");
        foreach (var modifier in document)
        {
            switch (modifier.Name)
            {
                case "$each":
                    break;
                case "$slice":
                    _slice = Integer(modifier);
                    break;
                case "$position":
                    _position = Integer(modifier);
                    break;
                case "$sort":
                    _order = ParseOrder(modifier.Value);
                    break;
                default:
                    throw new CommandException(ErrorCode.BadValue, $"Unrecognized clause in $push: {modifier.Name}");
            }
        }
    }

    /// <inheritdoc />
    public override BsonValue? Compute(BsonValue? current, FieldPosition field)
    {
        if (current is not null and not BsonArray)
        {
            throw new CommandException(
                ErrorCode.BadValue,
                $"The field '{field.Path}' must be an array but is of type {TypeNames.Of(current)} in document {{_id: {field.Id}}}");
        }

        var values = current is BsonArray array ? new List<BsonValue>(array) : [];
        values.InsertRange(StartIndex(values.Count), _items.Select(item => item.DeepClone()));
        if (_order is not null)
        {
            values = [.. values.Order(_order)];
        }

        return new BsonArray(Slice(values));
    }

    private static long Integer(BsonElement modifier) =>
        Numbers.IsNumber(modifier.Value)
            ? Numbers.RequireInteger(modifier.Value, modifier.Name)
            : throw new CommandException(
                ErrorCode.BadValue,
                $"The value for {modifier.Name} must be an integer value but was given type: {TypeNames.Of(modifier.Value)}");

    private static ElementOrder ParseOrder(BsonValue sort)
    {
        if (sort is BsonDocument { ElementCount: > 0 } keys)
        {
            return new ElementOrder(keys);
        }

        return Numbers.IsNumber(sort) && Math.Abs(Numbers.ToDouble(sort)) == 1
            ? new ElementOrder(Numbers.ToDouble(sort) < 0)
            : throw new CommandException(
                ErrorCode.BadValue,
                "The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields");
    }

    private int StartIndex(int count) => _position switch
    {
        null => count,
        >= 0 => (int)Math.Min(count, _position.Value),
        _ => (int)Math.Max(0, count + _position.Value),
    };

    private IEnumerable<BsonValue> Slice(List<BsonValue> values) => _slice switch
    {
        null => values,
        >= 0 => values.Take((int)Math.Min(values.Count, _slice.Value)),
        _ => values.TakeLast((int)Math.Min(values.Count, -_slice.Value)),
    };
}
